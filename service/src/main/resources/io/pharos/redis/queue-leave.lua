-- Ends a node's consuming: what it holds goes back. Returns the counts.
retire(me)
return done()
