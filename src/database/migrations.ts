/**
 * Every change to the schema, oldest first; each is a list of single statements. A migration that has been released
 * is never edited: the next one corrects it.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `create table account (
      uid integer generated always as identity (start with 100001) primary key,
      team_id text not null unique check (team_id ~ '^[0-9a-f]{24}$'),
      plan text not null check (plan in ('free', 'pro', 'studio')),
      credits integer not null default 0 constraint account_credits_not_negative check (credits >= 0),
      created_at timestamptz not null default now()
    )`,
    `create table api_key (
      client_id text primary key check (length(client_id) = 16),
      uid integer not null references account,
      secret_hash text not null unique,
      secret_sealed text not null,
      created_at timestamptz not null default now()
    )`,
    `create index on api_key (uid)`,

    // A task may be deleted, its ledger entries never: hence no foreign key on task_id.
    `create table ledger (
      id bigint generated always as identity primary key,
      uid integer not null references account,
      task_id text,
      entry text not null check (entry in ('grant', 'charge', 'refund')),
      amount integer not null,
      reason text not null,
      created_at timestamptz not null default now(),
      unique (task_id, entry),
      check ((entry = 'charge') = (amount < 0)),
      check ((entry = 'grant') = (task_id is null))
    )`,
    `create index on ledger (uid, id)`,
    `create function ledger_moves_credits() returns trigger language plpgsql as $$
    begin
      update account set credits = credits + new.amount where uid = new.uid;
      return new;
    end $$`,
    `create trigger ledger_moves_credits after insert on ledger
      for each row execute function ledger_moves_credits()`,
    `create function ledger_refuses_change() returns trigger language plpgsql as $$
    begin
      raise exception 'The ledger is append-only.';
    end $$`,
    `create trigger ledger_refuses_change before update or delete or truncate on ledger
      for each statement execute function ledger_refuses_change()`,
    // Depth 1 is a statement of the application's; depth 2 is the ledger's trigger.
    `create function account_credits_follow_ledger() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' and new.credits <> 0 then
        raise exception 'A new account has no credits: grant them in the ledger.';
      end if;
      if tg_op = 'UPDATE' and new.credits <> old.credits and pg_trigger_depth() < 2 then
        raise exception 'Credits change through the ledger only.';
      end if;
      return new;
    end $$`,
    `create trigger account_credits_follow_ledger before insert or update on account
      for each row execute function account_credits_follow_ledger()`,

    `create table task (
      id text primary key check (id ~ '^[0-9a-f]{24}$'),
      number bigint generated always as identity (start with 100000001) unique,
      uid integer not null references account,
      client_id text not null,
      kind text not null check (kind in ('image-to-video', 'text-to-video', 'video-to-audio')),
      state text not null default 'queued'
        check (state in ('queued', 'processing', 'completed', 'failed', 'cancelled', 'expired')),
      progress integer not null default 0 check (progress between 0 and 100),
      stage text check (stage in ('fetching', 'analysing', 'rendering', 'scoring', 'encoding', 'storing')),
      input jsonb not null,
      seed integer not null check (seed >= 0),
      engine text not null,
      model text not null,
      credits integer not null check (credits >= 0),
      priority integer not null,
      warnings jsonb not null default '[]',
      error jsonb,
      plan jsonb,
      batch jsonb,
      parent_id text,
      dialect text not null,
      external_id text,
      attempt integer not null default 0,
      setbacks integer not null default 0,
      operation jsonb,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      started_at timestamptz,
      ended_at timestamptz,
      expires_at timestamptz
    )`,
    `create index task_of_account on task (uid, number)`,
    `create index task_open on task (state, priority desc, number) where state in ('queued', 'processing')`,
    `create index task_expiry on task (expires_at) where state = 'completed'`,
    // Heard by every worker once the transaction commits; see tasks/queue.ts.
    `create function task_announces_work() returns trigger language plpgsql as $$
    begin
      perform pg_notify('stillroar_work', '');
      return null;
    end $$`,
    `create trigger task_announces_work after insert or update of state on task
      for each row when (new.state = 'queued') execute function task_announces_work()`,

    `create table output (
      key text primary key,
      task_id text not null references task on delete cascade,
      kind text not null check (kind in ('video', 'audio', 'cover', 'preview')),
      content_type text not null,
      file_name text not null,
      bytes integer not null check (bytes > 0),
      width integer,
      height integer,
      duration_seconds double precision
    )`,
    `create index on output (task_id)`,
  ],

  [
    `alter table account add column suspended_at timestamptz`,
    `alter table api_key add column revoked_at timestamptz`,

    // Which request made the task: a repeated one finds it instead of making another.
    `alter table task add column request_key text`,
    `create unique index task_request on task (uid, request_key) where request_key is not null`,
    `create table idempotency (
      uid integer not null references account,
      key text not null,
      fingerprint text not null,
      scope text not null,
      reply text,
      claimed_at timestamptz not null,
      created_at timestamptz not null,
      primary key (uid, key)
    )`,
    `create index on idempotency (created_at)`,

    // A task may be deleted before its callbacks have arrived: hence no foreign key on task_id.
    `create table delivery (
      id bigint generated always as identity primary key,
      task_id text not null,
      uid integer not null references account,
      client_id text not null,
      dialect text not null,
      url text not null,
      task_state text not null,
      video_key text,
      fails_first boolean not null default false,
      state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
      attempts integer not null default 0,
      next_at timestamptz not null,
      created_at timestamptz not null
    )`,
    `create index delivery_due on delivery (next_at) where state = 'pending'`,
    `create index on delivery (task_id, id)`,
    `create index on delivery (created_at)`,
    `create table delivery_attempt (
      delivery_id bigint not null references delivery on delete cascade,
      attempt integer not null,
      at timestamptz not null,
      status integer,
      problem text,
      milliseconds integer not null,
      primary key (delivery_id, attempt)
    )`,
  ],

  [
    `create unique index task_external on task (uid, external_id) where external_id is not null`,

    // Files that came inside a request; they go when the task has ended.
    `create table input_file (
      key text primary key,
      task_id text not null references task on delete cascade
    )`,
    `create index on input_file (task_id)`,
  ],

  [
    `alter table api_key add column name text not null default ''`,

    // Files that callers bring before they make a task of them.
    `create table upload (
      id text primary key check (id ~ '^[0-9a-f]{24}$'),
      key text not null unique,
      uid integer not null references account,
      content_type text not null,
      bytes integer not null check (bytes > 0),
      width integer,
      height integer,
      duration_seconds double precision,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`,
    `create index on upload (uid)`,
    `create index on upload (expires_at)`,

    // Browsers that are signed in. A ticket is a link that signs in once.
    `create table session (
      token_hash text primary key,
      uid integer not null references account,
      ticket text unique,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`,
    `create index on session (expires_at)`,

    // Heard by every server once the transaction commits; see tasks/queue.ts.
    `create function task_announces_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        perform pg_notify('stillroar_task', old.id || ' ' || old.uid || ' deleted');
      else
        perform pg_notify('stillroar_task', new.id || ' ' || new.uid || ' ' || new.state);
      end if;
      return null;
    end $$`,
    `create trigger task_announces_change after insert or update or delete on task
      for each row execute function task_announces_change()`,
  ],

  [
    // What one of all processes does every so often; see tasks/chores.ts.
    `create table chore (
      name text primary key,
      next_at timestamptz not null
    )`,
  ],

  [
    // Whose trace a task belongs to, across the queue and the outbox; see tracing.ts.
    `alter table task add column trace jsonb`,
    `alter table delivery add column trace jsonb`,
  ],

  [
    // The key of the output that shows how far a running task has come.
    `alter table task add column preview text`,
  ],
  [
    // What lists ask for, so that what they look at is what they show.
    `create index task_of_state on task (uid, state, number)`,
    `create index task_of_kind on task (uid, kind, number) include (id)`,
    // What a stream of events begins with. Open tasks change all the time and are not in it.
    `create index task_ended on task (uid, updated_at) where state not in ('queued', 'processing')`,
  ],
];
