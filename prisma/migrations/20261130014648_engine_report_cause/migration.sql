-- AlterTable
ALTER TABLE "engine_report" ADD COLUMN     "cause" TEXT;
