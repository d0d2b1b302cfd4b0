export const faultPoints: Record<
  | 'a task is written, not committed'
  | 'a task is committed, not answered'
  | 'a task is begun'
  | 'the engine has begun, nobody knows'
  | 'files are stored, no row names them'
  | 'a result is written, not committed'
  | 'a result is committed, nobody heard'
  | 'a callback is sent, not recorded',
  { statement: RegExp; following?: RegExp; when: 'before' | 'after' }
>;
