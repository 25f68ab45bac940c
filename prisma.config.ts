import { defineConfig } from 'prisma/config';

// Only for `prisma generate` and for people who like the `prisma` command; Dabir itself migrates by src/store/migrate.ts.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
