join-offer = These came together. Shall I make one document of them? What you send within a minute belongs to it too.
join-button-all = One document of these
join-button-none = Each by itself
join-engine = Which engine should write them all down?
join-joined = One document: it comes when the last of them is done, in the order in which they were sent.
join-answer = One document, gladly
join-declined = Each by itself
