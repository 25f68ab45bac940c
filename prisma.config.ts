// For people who like the `prisma` command (`npx prisma@7 …`); Dabir itself migrates by src/store/migrate.ts and generates
// its client by scripts/generate-client.ts.
export default {
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
};
