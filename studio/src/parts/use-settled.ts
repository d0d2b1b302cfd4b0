import { useEffect, useState } from 'react';

/** A value once it has not changed for so many ms; equal JSON is no change. */
export function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  const json = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(
      () => setSettled(json === undefined ? undefined : JSON.parse(json)),
      milliseconds,
    );
    return () => clearTimeout(timer);
  }, [json, milliseconds]);
  return settled;
}
