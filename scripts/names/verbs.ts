/** First words of functions that do something: `npm run check:names` asks for one of them. A new verb goes in here. */
export const verbs: ReadonlySet<string> = new Set(
  `accept acquire add adopt announce apply ask attempt backup begin block build cancel capture change check choose claim clear
  close collect commit complete connect copy correct count create cut decode delete deliver diagnose disconnect dispatch download draft drain
  encode erase examine exchange extract fetch find flush follow force forget generate hold inspect install invite keep lease leave limit list load log
  mark measure migrate notify offer open pack point poll prepare press probe provide provision prune publish read recall receive record redeem
  refresh refuse release remember remove render replace reply report request requeue require resolve restore restrict retry reuse
  revise run search send separate serve set settle show sign skip start stop store submit sweep switch take tell transcribe try undo update upload use
  wait watch write`.split(/\s+/),
);
