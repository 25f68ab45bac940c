-- Returns a text as it is searched: letters without marks and in one form each, one script of digits, lower case, words
-- separated by spaces, and a half-space (U+200C) where Persian writes a half-space, a space or nothing.
-- features/history/search-words.ts does the same, and a test compares the two: matches are marked in the text by that one.
-- Locks: none
-- Called by: search_words
CREATE OR REPLACE FUNCTION search_form(p_text text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  form text := lower(normalize(p_text, NFKD));
BEGIN
  form := regexp_replace(form, '[\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+', '', 'g');
  form := translate(form, 'ىيےكڪہھەةٱς٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'یییککههههاσ01234567890123456789');
  form := regexp_replace(form, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4\u2000-\u200b\u2010-\u2029\u202f-\u205f\u206a-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufd3e\ufd3f\ufe10-\ufe6f]+', ' ', 'g');
  -- می روم, کتاب ها and خانه ی get a half-space. خانه‌ی is another spelling of خانهٔ.
  form := regexp_replace(form, '(^| )(ن?می) (?=[^ ])', E'\\1\\2\u200c', 'g');
  form := regexp_replace(form, ' (ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|تر|ترین|ام|ای|اند|ایم|اید|اش|ات|ی)(?= |$)', E'\u200c\\1', 'g');
  RETURN regexp_replace(form, 'ه\u200c+ی(?= |$)', 'ه', 'g');
END $$;
