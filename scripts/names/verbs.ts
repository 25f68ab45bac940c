/** First words of functions that do something: `npm run check:names` asks for one of them. A new verb goes in here. */
export const verbs: ReadonlySet<string> = new Set(
  `accept add adopt announce apply ask attempt backup begin block build cancel capture change check choose claim clear
  close collect commit connect copy correct count create cut decode delete deliver diagnose disconnect dispatch download drain
  encode erase examine exchange fetch find flush follow force forget generate hold install invite keep leave limit list load log
  mark measure migrate offer open pack point poll prepare press probe provide provision prune publish read recall receive record
  refresh refuse release remember remove render replace reply report request requeue require resolve restore restrict retry reuse
  revise run search send serve set settle show sign skip start stop store submit sweep switch take tell transcribe try undo update upload use
  wait watch write`.split(/\s+/),
);
