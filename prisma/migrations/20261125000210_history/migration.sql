-- A person's history: their transcripts, newest first, and what is said in them found by its words.

-- Pages of a person's transcripts, newest first.
CREATE INDEX transcription_history ON transcription ("userId", id) WHERE state = 'COMPLETED';

-- A text as it is searched: letters without their marks and in one form of each, one script of digits, lower case, words
-- apart by spaces, and half-spaces where Persian writes a half-space, a space or nothing. domain/search-words.ts does the
-- same (a test holds them together), since what is found there is marked in the text.
CREATE FUNCTION search_form(p_text text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  form text := lower(normalize(p_text, NFKD));
BEGIN
  form := regexp_replace(form, '[\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+', '', 'g');
  form := translate(form, 'ىيےكڪہھەةٱς٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'یییککههههاσ01234567890123456789');
  form := regexp_replace(form, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4\u2000-\u200b\u2010-\u2029\u202f-\u205f\u206a-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufd3e\ufd3f\ufe10-\ufe6f]+', ' ', 'g');
  -- می روم, کتاب ها, خانه ی: as if with a half-space. And خانه‌ی is another spelling of خانهٔ.
  form := regexp_replace(form, '(^| )(ن?می) (?=[^ ])', E'\\1\\2\u200c', 'g');
  form := regexp_replace(form, ' (ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|تر|ترین|ام|ای|اند|ایم|اید|اش|ات|ی)(?= |$)', E'\u200c\\1', 'g');
  RETURN regexp_replace(form, 'ه\u200c+ی(?= |$)', 'ه', 'g');
END $$;

-- The words by which a text is found: each as one, and the parts of those with half-spaces by themselves.
CREATE FUNCTION search_words(p_text text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT COALESCE(array_agg(DISTINCT part), '{}')
    FROM string_to_table(search_form(p_text), ' ') AS word,
         LATERAL (SELECT left(replace(word, U&'\200C', ''), 40) AS part
                  UNION ALL SELECT left(piece, 40) FROM string_to_table(word, U&'\200C') AS piece
                   WHERE word LIKE U&'%\200C%') AS parts
   WHERE part <> '' $$;

-- Every word carries whose it is, so that the index holds each person's words together: looking for what one person said
-- reads nothing of anybody else's. A tsvector holds a megabyte, and nobody shall wait for a day of speech to be sorted:
-- found is what is said in the first 500,000 characters, some ten hours.
CREATE FUNCTION search_vector(p_user bigint, p_text text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT COALESCE(array_to_tsvector(array_agg(lexeme)), '') FROM (
    SELECT lexeme, sum(octet_length(lexeme)) OVER (ORDER BY lexeme) AS bytes FROM (
      SELECT p_user || ':' || word AS lexeme FROM unnest(search_words(left(p_text, 500000))) AS word) AS words
  ) AS measured WHERE bytes < 1000000 $$;

CREATE TABLE search (
  "transcriptionId" bigint PRIMARY KEY REFERENCES transcription (id) ON DELETE CASCADE ON UPDATE CASCADE,
  words tsvector NOT NULL
);
-- At once, and not when a list of what is new is full: every search would read that list, which is of everybody.
CREATE INDEX search_words ON search USING gin (words) WITH (fastupdate = off);

-- What is said in a transcript, and the names of its file and sender, are found from the moment that it is there or changes.
CREATE FUNCTION search_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search ("transcriptionId", words)
  SELECT t.id, search_vector(t."userId", concat_ws(' ', t."fileName", t."senderName", NEW.text))
    FROM transcription t WHERE t.id = NEW."transcriptionId"
  ON CONFLICT ("transcriptionId") DO UPDATE SET words = EXCLUDED.words;
  RETURN NULL;
END $$;
CREATE TRIGGER transcript_searched AFTER INSERT OR UPDATE OF text ON transcript
  FOR EACH ROW EXECUTE FUNCTION search_follow();

INSERT INTO search ("transcriptionId", words)
SELECT t.id, search_vector(t."userId", concat_ws(' ', t."fileName", t."senderName", tr.text))
  FROM transcript tr JOIN transcription t ON t.id = tr."transcriptionId";

-- What is looked for: all of these words of one person, or (p_any) one of them; each may be the beginning of a longer one.
CREATE FUNCTION search_query(p_user bigint, p_words text[], p_any boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg('''' || p_user || ':' || word || ''':*', CASE WHEN p_any THEN '|' ELSE '&' END)::tsquery
    FROM unnest(p_words) AS word $$;

-- Transcripts of one person in which all of these words are said: the p_limit next ones before p_from, the newest first,
-- or (p_newer) after it, the oldest first.
CREATE FUNCTION search_find(p_user bigint, p_words text[], p_from bigint, p_newer boolean, p_limit int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 10
-- The table looks small, since its words are kept apart from it: reading all of them would seem cheap.
SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
    WITH found AS MATERIALIZED (
      SELECT "transcriptionId" AS id FROM search WHERE words @@ search_query(p_user, p_words, false)
    )
    SELECT id FROM found WHERE CASE WHEN p_newer THEN id > p_from ELSE id < p_from END
     ORDER BY CASE WHEN p_newer THEN id ELSE -id END LIMIT p_limit;
END $$;

-- The stretch of a text in which one of the words is said first, some 4,000 characters; null when none is.
CREATE FUNCTION search_stretch(p_text text, p_words text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  searched text := left(p_text, 500000);
  wanted tsquery := search_query(0, p_words, true);
  stretch text;
BEGIN
  FOR start IN 1..length(searched) BY 4000 LOOP
    -- What begins at the end of one is whole in the next.
    stretch := substr(searched, GREATEST(start - 300, 1), 4300);
    IF search_vector(0, stretch) @@ wanted THEN RETURN stretch; END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- The word of a person that looks most like one that they did not say, by the groups of three letters that both have; null
-- when none does. Of their latest transcripts, and no more words than take a moment. (The extension pg_trgm would need a right that
-- not every operator has, and sees no Persian letters where the database's locale is C.)
CREATE FUNCTION search_alike(p_user bigint, p_word text) RETURNS text LANGUAGE sql STABLE AS $$
  WITH latest AS (
    SELECT id FROM transcription WHERE "userId" = p_user AND state = 'COMPLETED' ORDER BY id DESC LIMIT 200
  ), said AS (
    SELECT substr(lexeme, length(p_user::text) + 2) AS word
      FROM latest JOIN search ON "transcriptionId" = latest.id, unnest(words) LIMIT 50000
  ), near AS (
    SELECT DISTINCT word FROM said WHERE length(word) BETWEEN length(p_word) - 2 AND length(p_word) + 2
  ), scored AS (
    SELECT word, (SELECT count(*) FROM (
             SELECT substr('  ' || word || ' ', n, 3) FROM generate_series(1, length(word) + 1) AS n
             INTERSECT SELECT substr('  ' || p_word || ' ', n, 3) FROM generate_series(1, length(p_word) + 1) AS n
           ) AS common)::float8 AS common FROM near
  )
  SELECT word FROM scored WHERE common / (length(word) + length(p_word) + 2 - common) >= 0.25
   ORDER BY common / (length(word) + length(p_word) + 2 - common) DESC, word LIMIT 1 $$;

-- What a person is shown of their history: one message, with what they looked for. The next one takes its place.
CREATE TABLE history_view (
  "userId" bigint PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "messageId" int NOT NULL,
  query text,
  -- The message that asked what to look for: a reply to it is the answer.
  "promptId" int
);
