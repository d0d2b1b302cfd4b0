import {
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';

/**
 * PostgreSQL over a pool whose connections send a statement before the last is answered (`pipeline`): a transaction's
 * first one goes right behind its `begin`, which saves a way there and back in each.
 */
export class EagerDialect extends PostgresDialect {
  private readonly pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.pool = pool;
  }

  override createDriver(): Driver {
    return new EagerDriver({ pool: this.pool });
  }
}

class EagerDriver extends PostgresDriver {
  private readonly begun = new WeakMap<DatabaseConnection, Promise<void>>();

  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const begun = super.beginTransaction(connection, settings);
    begun.catch(() => {});
    this.begun.set(connection, begun);
  }

  /** @throws what `begin` has thrown: nothing may count as committed that was not begun */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.begun.get(connection);
    await super.commitTransaction(connection);
  }
}
