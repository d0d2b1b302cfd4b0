// Named moments at which a process ends itself, as `kill -9` would: just before or just after a statement reaches the
// database, on PostgreSQL and on the embedded one alike.

/** Which statement of which transaction, and whether the process ends before it is sent or once it is answered. */
export const faultPoints = {
  'a task is written, not committed': { statement: /insert into "task"/, when: 'after' },
  'a task is committed, not answered': {
    statement: /^commit/,
    following: /insert into "task"/,
    when: 'after',
  },
  'a task is begun': { statement: /^commit/, following: /^update "task" set "state"/, when: 'after' },
  'the engine has begun, nobody knows': { statement: /^update "task" set .*"operation"/, when: 'before' },
  'files are stored, no row names them': { statement: /^insert into "output"/, when: 'before' },
  'a result is written, not committed': { statement: /^insert into "output"/, when: 'after' },
  'a result is committed, nobody heard': {
    statement: /^commit/,
    following: /^insert into "output"/,
    when: 'after',
  },
  'a callback is sent, not recorded': { statement: /^insert into "delivery_attempt"/, when: 'before' },
};

let point;
let seen = false;

/** Lets this process end itself as soon as it comes to a fault point. */
export function armFaultPoint(name) {
  point = faultPoints[name];
  if (!point) throw new Error(`There is no fault point "${name}".`);
  seen = !point.following;
}

/** Goes around the function that runs a statement, so that points can be armed. */
export function watchStatements(run) {
  const die = () => process.kill(process.pid, 'SIGKILL');
  return function (query, ...rest) {
    if (!point) return run.call(this, query, ...rest);
    const text = typeof query === 'string' ? query : (query?.text ?? '');
    if (point.following?.test(text)) seen = true;
    const isMeant = seen && point.statement.test(text);
    if (isMeant && point.when === 'before') die();
    const result = run.call(this, query, ...rest);
    if (isMeant) Promise.resolve(result).then(die, () => {});
    return result;
  };
}
