-- Times are RFC 3339 in UTC with a fixed width, so that they sort as text.

-- Every plan that was ever offered, for ever.
CREATE TABLE plans (
    id TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    json TEXT NOT NULL,
    published_at TEXT NOT NULL
) STRICT;

-- Answers on their way. The cookie's secret is kept as a hash only.
CREATE TABLE drafts (
    session_sha256 TEXT NOT NULL,
    form TEXT NOT NULL,
    plan TEXT NOT NULL REFERENCES plans (id),
    -- Name–value pairs as typed, and the language whose marks they use.
    typed TEXT NOT NULL,
    locale TEXT NOT NULL,
    submission_key TEXT NOT NULL,
    -- Set once the draft has been submitted; what was typed is emptied then.
    reference TEXT,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (session_sha256, form)
) STRICT;

CREATE INDEX drafts_by_expiry ON drafts (expires_at);

-- What was received, as it was received, with the report and the receipt given for it.
CREATE TABLE submissions (
    reference TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    plan TEXT NOT NULL REFERENCES plans (id),
    as_of TEXT NOT NULL,
    answers TEXT NOT NULL,
    report TEXT NOT NULL,
    receipt TEXT NOT NULL,
    -- The hash of the applicant's own report, where it was sent.
    client_report_sha256 TEXT,
    idempotency_key TEXT,
    request_sha256 TEXT,
    session_sha256 TEXT,
    received_at TEXT NOT NULL,
    UNIQUE (form, idempotency_key)
) STRICT;
