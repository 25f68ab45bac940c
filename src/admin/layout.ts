import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { AssetName } from './assets.ts';
import type { AdminVariables } from './context.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Path of the admin page, its menu, and the addresses of its assets. */
export type Shell = {
  readonly base: string;
  /** Names of the pages in the menu, in order. */
  readonly menu: readonly string[];
  address(name: AssetName): string;
};

type PageContent = {
  readonly title: string;
  /** Name of the page in the menu; null for a page that is not in it. */
  readonly name: string | null;
  readonly content: Html;
  /** Additional styles and scripts of the page, in loading order. */
  readonly assets?: readonly AssetName[];
};

/** Renders a complete page: head, menu and content. */
export function renderPage(
  { base, menu, address }: Shell,
  { say, language, session, path }: Pick<AdminVariables, 'say' | 'language'> & Partial<AdminVariables>,
  { title, name, content, assets = [] }: PageContent,
): Html {
  const other = language === 'fa' ? 'en' : 'fa';
  return html`<!doctype html>
<html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":false}'>
<title>${title} · ${say('admin-name')}</title>
<link rel="icon" href="${address('mark.svg')}">
<link rel="stylesheet" href="${address('pico.css')}">
<link rel="stylesheet" href="${address('admin.css')}">
<script src="${address('htmx.js')}" defer></script>
<script src="${address('sse.js')}" defer></script>
<script src="${address('admin.js')}" defer></script>
${assets.map((asset) =>
  asset.endsWith('.css')
    ? html`<link rel="stylesheet" href="${address(asset)}">`
    : html`<script src="${address(asset)}" defer></script>`,
)}
</head>
<body>
<a class="skip" href="#content">${say('admin-skip')}</a>
<header class="container-fluid">
<nav aria-label="${say('admin-menu')}">
<ul><li><strong>${say('admin-name')}</strong></li></ul>
<ul>
${
  session === undefined
    ? ''
    : menu.map(
        (each) =>
          html`<li><a href="${base}/${each}" ${each === name ? html`aria-current="page"` : ''}>${say(`admin-page-${each}`)}</a></li>`,
      )
}
<li><form method="post" action="${base}/language">${path === undefined ? '' : html`<input type="hidden" name="back" value="${path}">`}<button class="link" name="language" value="${other}" lang="${other}">${say('admin-other-language')}</button></form></li>
${
  session === undefined
    ? ''
    : html`<li><form method="post" action="${base}/leave"><input type="hidden" name="form" value="${session.formKey}"><button class="link">${say('admin-leave')}</button></form></li>`
}
</ul>
</nav>
</header>
<main class="container-fluid" id="content">
<h1>${title}</h1>
${content}
</main>
</body>
</html>`;
}
