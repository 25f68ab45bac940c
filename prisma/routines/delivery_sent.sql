-- Marks one delivery as sent, for programs of before 0.1.0 during a deploy. Others call deliveries_sent.
-- p_part: the delivery's number within its kind
-- p_messages: ids of the messages that carry it
-- p_last: no other delivery of this answer is left, as far as the caller knows
-- Returns: false when the delivery was deleted
-- Locks: as deliveries_sent
-- Called by: src/store/deliveries.ts
CREATE OR REPLACE FUNCTION delivery_sent(p_id bigint, p_kind text, p_part int, p_messages int[], p_last boolean) RETURNS boolean
LANGUAGE sql AS $$
  SELECT deliveries_sent(p_id, jsonb_build_array(jsonb_build_object('kind', p_kind, 'part', p_part, 'messageIds', p_messages)), p_last) $$;
