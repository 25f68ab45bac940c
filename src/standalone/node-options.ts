/**
 * Options of Node for each role, in MB; `npm run start:bot` and `start:worker` have the same. V8's heap grows with the
 * machine's memory: after 100,000 malformed requests a bot that needs 55 MB had a heap of 360 MB on a machine of 24 GB
 * (npm run bench:attack). The less a heap may take, the sooner V8 collects its garbage. A worker holds whole
 * transcripts. A bot in a flood holds a hundred updates at once: in a young generation of 4 MB they grow old, and
 * collecting them took a third of the bot's processor time.
 */
export const nodeOptions = {
  bot: ['--max-semi-space-size=16', '--max-old-space-size=512'],
  worker: ['--max-semi-space-size=4', '--max-old-space-size=1024'],
} as const;
