-- Format 2: which entries are further deliveries of a message that is there already (docs/capture-format.md).
CREATE TABLE clacks.copy (seq bigint PRIMARY KEY, first bigint NOT NULL);
CREATE INDEX copy_first ON clacks.copy (first);
GRANT SELECT ON clacks.copy TO clacks_recorder, clacks_monitor;
GRANT INSERT ON clacks.copy TO clacks_recorder;
