import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { stream, streamSSE } from 'hono/streaming';
import { changeFile, type FileChange } from '../../app/admin/change-file.ts';
import type { FileRow } from '../../app/admin/file-ports.ts';
import { isStillSignedIn } from '../../app/admin/sign-in.ts';
import { isEngineId } from '../../domain/engine-names.ts';
import { parseTranscriptionId } from '../../domain/ids.ts';
import { toParagraphs } from '../../domain/paragraphs.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { AdminContext, AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { renderLogLines } from '../lines/view.ts';
import { renderHealthSummary } from '../system/summary-view.ts';
import { filesAsCsv } from './csv-export.ts';
import { renderFile, renderTranscript } from './file-view.ts';
import { filterOf } from './filter.ts';
import { renderFileRows, renderNow, renderSignedOutRow } from './view.ts';

const perPage = 50;

/** Maximum log lines on the page of a transcription. */
const maxLines = 100;

/** Interval of the queries for a live list, in ms. */
const pollIntervalMs = 1_500;

/** Maximum duration of a live stream, in ms; the browser then reconnects, which also prolongs its session. */
const maxWatchMs = 5 * 60_000;

/** Serves all transcriptions, as a live list and one by one. */
export function createNowRoutes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment> {
  const { files, reports, transcripts, timeZone } = dependencies;
  const routes = new Hono<AdminEnvironment>();
  const viewOf = (context: AdminContext) => ({ ...context.var, base: shell.base, timeZone });

  routes.get('/', async (context) => {
    const filter = filterOf(context.req.query());
    const before = parseTranscriptionId(context.req.query('before') ?? '') ?? null;
    const [found, changes, readings, processes] = await Promise.all([
      files.list(filter, before, perPage),
      dependencies.bulkChanges.listUnended(),
      dependencies.readings().catch(() => null),
      dependencies.processes.list(),
    ]);
    const view = viewOf(context);
    return context.html(
      renderPage(shell, view, {
        title: view.say('admin-page-now'),
        name: 'now',
        content: html`<div hx-get="${shell.base}/system/summary" hx-trigger="every 5s" hx-swap="innerMorph">${renderHealthSummary(view, dependencies.texts, readings, processes)}</div>
${renderNow(view, filter, found, before === null, changes)}`,
      }),
    );
  });

  routes.get('/live', (context) => {
    const filter = filterOf(context.req.query());
    const view = viewOf(context);
    return streamSSE(context, async (live) => {
      let shown = '';
      const until = Date.now() + maxWatchMs;
      while (!live.aborted && Date.now() < until) {
        // Checks the session in every round, because the user may have lost the admin role or signed out
        // elsewhere.
        if (!(await isStillSignedIn(dependencies, context.var.session))) {
          await live.writeSSE({ data: String(await renderSignedOutRow(view)) });
          return;
        }
        const { rows } = await files.list(filter, null, perPage);
        const now = JSON.stringify(rows.map(withoutTime));
        if (now !== shown) await live.writeSSE({ data: String(await renderFileRows(view, rows)) });
        shown = now;
        await sleep(pollIntervalMs);
      }
    });
  });

  routes.get('/files.csv', async (context) => {
    const filter = filterOf(context.req.query());
    await dependencies.audit(context.var.session.userId, 'export', 'files', { ...filter });
    context.header('content-type', 'text/csv; charset=utf-8');
    context.header('content-disposition', 'attachment; filename="dabir-files.csv"');
    return stream(context, async (out) => {
      for await (const piece of filesAsCsv(files, filter)) {
        if (out.aborted) return;
        await out.write(piece);
      }
    });
  });

  routes.get('/:id', async (context) => {
    const id = parseTranscriptionId(context.req.param('id'));
    const [file, story] =
      id === undefined ? [null, null] : await Promise.all([files.find(id), files.story(id)]);
    const view = viewOf(context);
    if (file === null || story === null) return notFound(context);
    const isReadable = transcripts !== null && isReadableByAdmins(file);
    const content = renderFile(view, file, story, await reports.offers(), isReadable);
    const lines = await dependencies.logLines.ofFile(file.id, maxLines);
    return context.html(
      renderPage(shell, view, {
        title: view.say('admin-file', { number: String(file.id) }),
        name: null,
        content: html`${content}<h2>${view.say('admin-lines')}</h2>${renderLogLines(view, lines)}
<p><a href="${shell.base}/now">${view.say('admin-back')}</a></p>`,
      }),
    );
  });

  // Only if the operator has allowed it; every access is recorded in the audit log.
  routes.get('/:id/text', async (context) => {
    const id = parseTranscriptionId(context.req.param('id'));
    const file = id === undefined || transcripts === null ? null : await files.find(id);
    const stored = file === null || !isReadableByAdmins(file) ? null : await transcripts?.find(file.id);
    if (file === null || stored == null) return notFound(context);
    await dependencies.audit(context.var.session.userId, 'read-transcript', `file ${file.id}`, {
      owner: file.userId,
    });
    const view = viewOf(context);
    const content = renderTranscript(view, file, toParagraphs(stored.transcript.segments));
    return context.html(
      renderPage(shell, view, {
        title: view.say('admin-file', { number: String(file.id) }),
        name: null,
        content,
      }),
    );
  });

  routes.post('/:id/:action', async (context) => {
    const id = parseTranscriptionId(context.req.param('id'));
    const { engine } = await context.req.parseBody();
    const change = changeOf(context.req.param('action'), engine);
    if (id === undefined || change === undefined) return notFound(context);
    const outcome = await changeFile(dependencies, context.var.session.userId, id, change);
    if (outcome === 'unknown') return notFound(context);
    if (outcome === 'not-now') {
      const view = viewOf(context);
      const content = html`<p role="alert">${view.say('admin-not-now')}</p><p><a href="${shell.base}/now/${id}">${view.say('admin-back')}</a></p>`;
      return context.html(
        renderPage(shell, view, { title: view.say('admin-page-now'), name: null, content }),
        409,
      );
    }
    return context.redirect(
      change.action === 'delete' ? `${shell.base}/now` : `${shell.base}/now/${id}`,
      303,
    );
  });

  function notFound(context: AdminContext) {
    const { say } = context.var;
    const content = html`<p>${say('admin-not-found')}</p>`;
    return context.html(
      renderPage(shell, viewOf(context), { title: say('admin-page-now'), name: null, content }),
      404,
    );
  }
  return routes;
}

/** Returns false for what others said to the user of a connected account, and for the answers to it. */
function isReadableByAdmins({ purpose }: Transcription): boolean {
  return purpose == null;
}

/** Drops the waiting time of a row, because its change needs no update: the browser counts on by itself. */
function withoutTime(row: FileRow): FileRow {
  return row.waits ? { ...row, waitedSeconds: null } : row;
}

function changeOf(action: string, engine: unknown): FileChange | undefined {
  if (action === 'cancel' || action === 'retry' || action === 'delete') return { action };
  if (action === 'engine' && typeof engine === 'string' && isEngineId(engine)) return { action, engine };
  return undefined;
}
