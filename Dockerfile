# syntax=docker/dockerfile:1
# Debian, because the media library has no build for musl.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    STILLROAR_HOST=0.0.0.0 \
    STILLROAR_DATA=/data
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/samples samples
COPY --from=build /app/workflows workflows
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
# Node is process 1 and hears SIGTERM itself: answers in flight finish, and tasks go back to the queue.
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["serve"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
