bundle-offer = These arrived together. Put them all in one document? Files you send within a minute are added too.
bundle-button-all = All in one document
bundle-button-none = Each separately
bundle-engine = Choose an engine for all of them
bundle-accepted = All in one document, in the order you sent them. It arrives when the last file is done.
bundle-answer = All in one document
bundle-declined = Each separately
