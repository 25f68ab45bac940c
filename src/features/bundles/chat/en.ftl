join-offer = These arrived together. Put them all in one document? Files you send within a minute are added too.
join-button-all = All in one document
join-button-none = Each separately
join-engine = Choose an engine for all of them
join-joined = One document, in the order you sent them; it arrives when the last file is done.
join-answer = All in one document
join-declined = Each separately
