-- Stores the new state of a dialog.
-- p_step: the step that the caller has read; null when there was no dialog
-- Returns: false when another call was first
-- Locks: the dialog's row
-- Called by: src/features/dialogs/store.ts
CREATE OR REPLACE FUNCTION dialog_write(p_chat bigint, p_step int, p_value jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF p_step IS NULL THEN
    INSERT INTO dialog ("chatId", value) VALUES (p_chat, p_value) ON CONFLICT DO NOTHING;
  ELSE
    UPDATE dialog SET value = p_value, step = step + 1, "changedAt" = now() WHERE "chatId" = p_chat AND step = p_step;
  END IF;
  RETURN FOUND;
END $$;
