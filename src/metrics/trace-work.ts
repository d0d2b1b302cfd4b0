import { type Context, type Span, SpanKind, trace } from '@opentelemetry/api';
import type { Stage } from '../engines/engine.ts';
import { failSpan, resumeTrace, tracer } from '../tracing.ts';
import type { Delivery, Outbox } from '../webhooks/outbox.ts';
import type { RunWatcher } from './watch-runs.ts';

/**
 * Spans of the runs: one for each, within the trace of the request that made the task, whichever process works on it; and
 * within it one for each stage of the work.
 */
export function traceRuns(): RunWatcher {
  const running = new Map<string, { run: Span; within: Context; stage: Span }>();
  const startStage = (stage: Stage, within: Context) => tracer.startSpan(stage, {}, within);
  return {
    begin({ id, kind, engine, model, attempt, trace: headers }) {
      const parent = resumeTrace(headers);
      const attributes = {
        'stillroar.task.id': id,
        'stillroar.task.kind': kind,
        'stillroar.task.attempt': attempt,
        'stillroar.engine': engine,
        'stillroar.model': model,
      };
      const run = tracer.startSpan(`task ${kind}`, { kind: SpanKind.CONSUMER, attributes }, parent);
      const within = trace.setSpan(parent, run);
      running.set(id, { run, within, stage: startStage('fetching', within) });
    },
    enter(taskId, stage) {
      const known = running.get(taskId);
      if (!known) return;
      known.stage.end();
      running.set(taskId, { ...known, stage: startStage(stage, known.within) });
    },
    end(taskId, outcome, failure) {
      const known = running.get(taskId);
      running.delete(taskId);
      known?.stage.end();
      known?.run.setAttribute('stillroar.task.outcome', outcome);
      if (known && failure) failSpan(known.run, failure.code);
      known?.run.end();
    },
  };
}

/** Spans of the callbacks' attempts, within the trace of the task that they tell of. */
export function traceDeliveries(outbox: Outbox): Outbox {
  /** Those under way in this process. */
  const taken = new Map<string, Delivery>();
  return {
    ...outbox,
    async takeDue(most, now, reserveSeconds) {
      const due = await outbox.takeDue(most, now, reserveSeconds);
      for (const delivery of due) taken.set(delivery.id, delivery);
      return due;
    },
    async record(attempt, next) {
      const delivery = taken.get(attempt.delivery_id);
      taken.delete(attempt.delivery_id);
      const { at, milliseconds, status, problem } = attempt;
      const attributes = {
        'stillroar.task.id': delivery?.task_id ?? '',
        'stillroar.task.state': delivery?.task_state ?? '',
        'stillroar.webhook.attempt': attempt.attempt,
        ...(status !== null && { 'http.response.status_code': status }),
      };
      const options = { kind: SpanKind.CLIENT, startTime: at, attributes };
      const span = tracer.startSpan('webhook', options, resumeTrace(delivery?.trace));
      if (problem !== null) failSpan(span, status ?? 'fetch-failed');
      span.end(new Date(at.getTime() + milliseconds));
      await outbox.record(attempt, next);
    },
  };
}
