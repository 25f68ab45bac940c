-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "transcription_state" AS ENUM ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "user" (
    "id" BIGINT NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT,
    "username" TEXT,
    "languageCode" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat" (
    "id" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "title" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "userId" BIGINT NOT NULL,
    "lastEngine" TEXT,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "lane" (
    "userId" BIGINT NOT NULL,
    "activeId" BIGINT,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "holder" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "nextSeq" INTEGER NOT NULL DEFAULT 1,
    "waiting" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "lane_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "transcription" (
    "id" BIGSERIAL NOT NULL,
    "userId" BIGINT NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" "transcription_state" NOT NULL,
    "uploadKey" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "messageId" INTEGER NOT NULL,
    "threadId" INTEGER,
    "statusMessageId" INTEGER,
    "kind" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "fileUniqueId" TEXT NOT NULL,
    "fileName" TEXT,
    "mimeType" TEXT,
    "fileSize" BIGINT,
    "announcedSeconds" INTEGER,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "engine" TEXT,
    "language" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runAfter" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "errorCode" TEXT,
    "errorDetails" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "deliverAfter" TIMESTAMPTZ(3),
    "deliverAttempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "transcription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transcript" (
    "transcriptionId" BIGINT NOT NULL,
    "engine" TEXT NOT NULL,
    "language" TEXT,
    "languageProbability" DOUBLE PRECISION,
    "durationSeconds" DOUBLE PRECISION NOT NULL,
    "text" TEXT NOT NULL,
    "segments" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transcript_pkey" PRIMARY KEY ("transcriptionId")
);

-- CreateTable
CREATE TABLE "chunk" (
    "transcriptionId" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,
    "startSeconds" DOUBLE PRECISION NOT NULL,
    "endSeconds" DOUBLE PRECISION NOT NULL,
    "segments" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chunk_pkey" PRIMARY KEY ("transcriptionId","index")
);

-- CreateTable
CREATE TABLE "delivery" (
    "transcriptionId" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "sentMessageId" INTEGER,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("transcriptionId","kind","part")
);

-- CreateTable
CREATE TABLE "state_change" (
    "id" BIGSERIAL NOT NULL,
    "transcriptionId" BIGINT NOT NULL,
    "userId" BIGINT NOT NULL,
    "fromState" "transcription_state",
    "toState" "transcription_state" NOT NULL,
    "fence" INTEGER,
    "holder" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "state_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_report" (
    "worker" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stage" TEXT,
    "fraction" DOUBLE PRECISION,
    "reason" TEXT,
    "reportedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "engine_report_pkey" PRIMARY KEY ("worker","engine")
);

-- CreateIndex
CREATE UNIQUE INDEX "lane_activeId_key" ON "lane"("activeId");

-- CreateIndex
CREATE UNIQUE INDEX "transcription_uploadKey_key" ON "transcription"("uploadKey");

-- CreateIndex
CREATE INDEX "transcription_chatId_idx" ON "transcription"("chatId");

-- CreateIndex
CREATE UNIQUE INDEX "transcription_userId_seq_key" ON "transcription"("userId", "seq");

-- CreateIndex
CREATE INDEX "state_change_transcriptionId_idx" ON "state_change"("transcriptionId");

-- CreateIndex
CREATE INDEX "state_change_at_idx" ON "state_change"("at");

-- AddForeignKey
ALTER TABLE "setting" ADD CONSTRAINT "setting_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_activeId_fkey" FOREIGN KEY ("activeId") REFERENCES "transcription"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcription" ADD CONSTRAINT "transcription_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcription" ADD CONSTRAINT "transcription_chatId_fkey" FOREIGN KEY ("chatId") REFERENCES "chat"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcript" ADD CONSTRAINT "transcript_transcriptionId_fkey" FOREIGN KEY ("transcriptionId") REFERENCES "transcription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chunk" ADD CONSTRAINT "chunk_transcriptionId_fkey" FOREIGN KEY ("transcriptionId") REFERENCES "transcription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_transcriptionId_fkey" FOREIGN KEY ("transcriptionId") REFERENCES "transcription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "state_change" ADD CONSTRAINT "state_change_transcriptionId_fkey" FOREIGN KEY ("transcriptionId") REFERENCES "transcription"("id") ON DELETE CASCADE ON UPDATE CASCADE;
