-- From now on words searched for are written in lower case; those written before would no longer be found by the rules about them.
UPDATE events SET query = lower(query) WHERE query <> lower(query);
