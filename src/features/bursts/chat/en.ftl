burst-answer-separate = Choose an engine for each file
burst-answer-bundle = One document. It arrives when the last file is done
burst-answer-never = OK, I won’t offer it again. /settings turns it back on
