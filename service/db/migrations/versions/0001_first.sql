-- The first schema. Run as the owner; `vector` must be there already (it needs a superuser).
--
-- Rules that every later migration keeps (docs/decisions/0005-workspace-wall.md):
-- keys lead with workspace_id; policies have no sub-select; no triggers; no foreign key to the
-- table of workspaces; text is never updated, so a span cannot drift from its quote.

CREATE SCHEMA IF NOT EXISTS app;

CREATE FUNCTION app.workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    -- '' is what the setting reads as on a pooled connection after its first use
    AS $$ SELECT nullif(current_setting('app.workspace_id', true), '')::uuid $$;

CREATE TABLE app.api_key (
    id TEXT NOT NULL,
    workspace_id UUID NOT NULL,
    secret_hash BYTEA NOT NULL,
    pepper_version SMALLINT NOT NULL,
    scopes TEXT[] NOT NULL,
    label TEXT NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    CONSTRAINT api_key_pkey PRIMARY KEY (id)
);

CREATE TABLE app.customer (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id UUID NOT NULL,
    ref TEXT NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT customer_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT customer_workspace_id_ref_key UNIQUE (workspace_id, ref)
);

CREATE TABLE app.preference (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    vendor_domains TEXT[] NOT NULL,
    vendor_names TEXT[] NOT NULL,
    requires_consent BOOLEAN NOT NULL,
    budget_day_usd double precision,
    CONSTRAINT preference_pkey PRIMARY KEY (workspace_id)
);

-- How an attempt ended, kept for a day: no workspace, no id, no word.
CREATE TABLE app.erasure (
    id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject_hash BYTEA NOT NULL,
    by TEXT NOT NULL,
    reason TEXT,
    begun_at timestamptz DEFAULT now() NOT NULL,
    done_at timestamptz,
    removed JSONB,
    CONSTRAINT erasure_pkey PRIMARY KEY (id)
);
CREATE INDEX erasure_workspace_id_idx ON app.erasure (workspace_id);

CREATE TABLE app.job_end (
    at timestamptz DEFAULT now() NOT NULL,
    task TEXT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE INDEX job_end_at_idx ON app.job_end (at);

CREATE TABLE app.workspace (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT workspace_pkey PRIMARY KEY (id),
    CONSTRAINT workspace_name_key UNIQUE (name)
);

CREATE TABLE app.deal (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id UUID NOT NULL,
    ref TEXT NOT NULL,
    customer_id UUID,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT deal_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT deal_workspace_id_ref_key UNIQUE (workspace_id, ref),
    CONSTRAINT deal_customer_fkey FOREIGN KEY(workspace_id, customer_id) REFERENCES app.customer (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX deal_workspace_id_customer_id_idx ON app.deal (workspace_id, customer_id);

CREATE TABLE app.customer_domain (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    domain TEXT NOT NULL,
    customer_id UUID NOT NULL,
    CONSTRAINT customer_domain_pkey PRIMARY KEY (workspace_id, domain),
    CONSTRAINT customer_domain_customer_fkey FOREIGN KEY(workspace_id, customer_id) REFERENCES app.customer (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX customer_domain_workspace_id_customer_id_idx ON app.customer_domain (workspace_id, customer_id);

CREATE TABLE app.source (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id UUID NOT NULL,
    key_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    status TEXT NOT NULL,
    error JSONB,
    title TEXT,
    customer_id UUID,
    deal_id UUID,
    occurred_at timestamptz,
    thread_subject TEXT,
    external_id TEXT,
    replaces UUID,
    consent BOOLEAN,
    content_hash BYTEA NOT NULL,
    stated JSONB DEFAULT '[]'::jsonb NOT NULL,
    participants JSONB DEFAULT '[]'::jsonb NOT NULL,
    notices JSONB DEFAULT '[]'::jsonb NOT NULL,
    attempts SMALLINT DEFAULT 0 NOT NULL,
    attempt UUID,
    estimated_usd double precision DEFAULT 0 NOT NULL,
    waits SMALLINT DEFAULT 0 NOT NULL,
    waiting_since timestamptz,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT source_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT source_workspace_id_content_hash_deal_id_key UNIQUE NULLS NOT DISTINCT (workspace_id, content_hash, deal_id),
    CONSTRAINT source_customer_fkey FOREIGN KEY(workspace_id, customer_id) REFERENCES app.customer (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT source_deal_fkey FOREIGN KEY(workspace_id, deal_id) REFERENCES app.deal (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX source_workspace_id_created_at_id_idx ON app.source (workspace_id, created_at, id);
CREATE INDEX source_workspace_id_customer_id_idx ON app.source (workspace_id, customer_id);
CREATE INDEX source_workspace_id_deal_id_idx ON app.source (workspace_id, deal_id);
CREATE INDEX source_workspace_id_external_id_idx ON app.source (workspace_id, external_id);
CREATE INDEX source_workspace_id_replaces_idx ON app.source (workspace_id, replaces);
CREATE INDEX source_workspace_id_thread_subject_idx ON app.source (workspace_id, thread_subject);

CREATE TABLE app.idempotency (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    source_id UUID NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (workspace_id, key),
    CONSTRAINT idempotency_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX idempotency_workspace_id_source_id_idx ON app.idempotency (workspace_id, source_id);

CREATE TABLE app.mention (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    source_id UUID NOT NULL,
    message_id TEXT NOT NULL,
    is_own BOOLEAN NOT NULL,
    CONSTRAINT mention_pkey PRIMARY KEY (workspace_id, source_id, message_id),
    CONSTRAINT mention_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX mention_workspace_id_message_id_idx ON app.mention (workspace_id, message_id);

CREATE TABLE app.original (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    source_id UUID NOT NULL,
    number INTEGER NOT NULL,
    filename TEXT,
    content_hash BYTEA NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT original_pkey PRIMARY KEY (workspace_id, source_id, number),
    CONSTRAINT original_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX original_workspace_id_content_hash_idx ON app.original (workspace_id, content_hash);

CREATE TABLE app.run (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id UUID NOT NULL,
    source_id UUID NOT NULL,
    extractor TEXT NOT NULL,
    model TEXT,
    prompt_version TEXT,
    code_version TEXT NOT NULL,
    outcome TEXT NOT NULL,
    uncovered_turns INTEGER[] NOT NULL,
    rejected JSONB NOT NULL,
    calls INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    cost_usd double precision NOT NULL,
    seconds double precision NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT run_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT run_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX run_workspace_id_source_id_created_at_idx ON app.run (workspace_id, source_id, created_at);

-- One request to a model: there before it with its estimate, settled after it. What was spent stays
-- counted when its source is erased; then nothing says any more whose it was.
CREATE TABLE app.spend (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id UUID NOT NULL,
    subject_id UUID,
    run_id UUID,
    model TEXT NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    tokens_cached INTEGER DEFAULT 0 NOT NULL,
    cost_usd double precision NOT NULL,
    settled_at timestamptz,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT spend_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT spend_source_fkey FOREIGN KEY(workspace_id, subject_id) REFERENCES app.source (workspace_id, id) ON DELETE SET NULL (subject_id),
    CONSTRAINT spend_run_fkey FOREIGN KEY(workspace_id, run_id) REFERENCES app.run (workspace_id, id) ON DELETE SET NULL (run_id)
);
CREATE INDEX spend_workspace_id_created_at_idx ON app.spend (workspace_id, created_at);
CREATE INDEX spend_workspace_id_run_id_idx ON app.spend (workspace_id, run_id);
CREATE INDEX spend_workspace_id_subject_id_idx ON app.spend (workspace_id, subject_id);

CREATE TABLE app.turn (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    source_id UUID NOT NULL,
    turn INTEGER NOT NULL,
    speaker TEXT,
    email TEXT,
    side TEXT NOT NULL,
    side_rule TEXT NOT NULL,
    start_s double precision,
    end_s double precision,
    sent_at timestamptz,
    recipients TEXT[] DEFAULT '{}' NOT NULL,
    is_internal BOOLEAN DEFAULT false NOT NULL,
    is_quoted BOOLEAN DEFAULT false NOT NULL,
    duplicate_of INTEGER,
    text TEXT NOT NULL,
    CONSTRAINT turn_pkey PRIMARY KEY (workspace_id, source_id, turn),
    CONSTRAINT turn_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE
);

-- What a model has answered for a window of turns, until a whole reading of the source is stored.
CREATE TABLE app.window_reply (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    source_id UUID NOT NULL,
    recipe BYTEA NOT NULL,
    first_turn INTEGER NOT NULL,
    last_turn INTEGER NOT NULL,
    reply JSONB,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT window_reply_pkey PRIMARY KEY (workspace_id, source_id, recipe),
    CONSTRAINT window_reply_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE app.note (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id UUID NOT NULL,
    source_id UUID NOT NULL,
    version INTEGER NOT NULL,
    run_id UUID NOT NULL,
    turns INTEGER NOT NULL,
    uncovered_turns INTEGER[] DEFAULT '{}' NOT NULL,
    absent JSONB NOT NULL,
    notices JSONB DEFAULT '[]'::jsonb NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT note_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT note_workspace_id_source_id_version_key UNIQUE (workspace_id, source_id, version),
    CONSTRAINT note_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT note_run_fkey FOREIGN KEY(workspace_id, run_id) REFERENCES app.run (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX note_workspace_id_run_id_idx ON app.note (workspace_id, run_id);

CREATE TABLE app.claim (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id UUID NOT NULL,
    source_id UUID NOT NULL,
    note_id UUID NOT NULL,
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    statement TEXT NOT NULL,
    state TEXT NOT NULL,
    state_rule TEXT,
    version INTEGER DEFAULT 1 NOT NULL,
    pinned BOOLEAN DEFAULT false NOT NULL,
    confidence double precision NOT NULL,
    stated_at timestamptz,
    promised_by TEXT,
    promised_to TEXT,
    due_text TEXT,
    due_date DATE,
    due_rule TEXT,
    promise_state TEXT,
    contract TEXT,
    CONSTRAINT claim_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT claim_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT claim_note_fkey FOREIGN KEY(workspace_id, note_id) REFERENCES app.note (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX claim_workspace_id_note_id_idx ON app.claim (workspace_id, note_id);
CREATE INDEX claim_workspace_id_source_id_idx ON app.claim (workspace_id, source_id);

CREATE TABLE app.evidence (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    claim_id UUID NOT NULL,
    number SMALLINT NOT NULL,
    source_id UUID NOT NULL,
    turn INTEGER NOT NULL,
    start_cp INTEGER NOT NULL,
    end_cp INTEGER NOT NULL,
    CONSTRAINT evidence_pkey PRIMARY KEY (workspace_id, claim_id, number),
    CONSTRAINT evidence_claim_fkey FOREIGN KEY(workspace_id, claim_id) REFERENCES app.claim (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT evidence_turn_fkey FOREIGN KEY(workspace_id, source_id, turn) REFERENCES app.turn (workspace_id, source_id, turn) ON DELETE CASCADE,
    CONSTRAINT evidence_span_check CHECK (0 <= start_cp AND start_cp < end_cp)
);
CREATE INDEX evidence_workspace_id_source_id_turn_idx ON app.evidence (workspace_id, source_id, turn);

-- What a change of a claim replaced: nothing is overwritten without a trace.
CREATE TABLE app.claim_change (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    claim_id UUID NOT NULL,
    version INTEGER NOT NULL,
    source_id UUID NOT NULL,
    rule TEXT NOT NULL,
    by TEXT,
    comment TEXT,
    key_id TEXT,
    before JSONB NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT claim_change_pkey PRIMARY KEY (workspace_id, claim_id, version),
    CONSTRAINT claim_change_claim_fkey FOREIGN KEY(workspace_id, claim_id) REFERENCES app.claim (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT claim_change_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX claim_change_workspace_id_source_id_idx ON app.claim_change (workspace_id, source_id);

-- A re-run: asked for, worked off, and then what it proposes instead of the note.
CREATE TABLE app.proposal (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id UUID NOT NULL,
    source_id UUID NOT NULL,
    state TEXT NOT NULL,
    run_id UUID,
    base_version INTEGER,
    claims JSONB DEFAULT '[]'::jsonb NOT NULL,
    notices JSONB DEFAULT '[]'::jsonb NOT NULL,
    unread_turns INTEGER[] DEFAULT '{}' NOT NULL,
    difference JSONB,
    estimated_usd double precision DEFAULT 0 NOT NULL,
    error JSONB,
    attempts SMALLINT DEFAULT 0 NOT NULL,
    attempt UUID,
    waits SMALLINT DEFAULT 0 NOT NULL,
    waiting_since timestamptz,
    by TEXT,
    comment TEXT,
    key_id TEXT,
    decided_at timestamptz,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT proposal_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT proposal_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT proposal_run_fkey FOREIGN KEY(workspace_id, run_id) REFERENCES app.run (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX proposal_workspace_id_source_id_created_at_idx ON app.proposal (workspace_id, source_id, created_at);
CREATE INDEX proposal_workspace_id_state_idx ON app.proposal (workspace_id, state);
CREATE INDEX proposal_workspace_id_run_id_idx ON app.proposal (workspace_id, run_id);

CREATE TABLE app.passage (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    source_id UUID NOT NULL,
    kind TEXT NOT NULL,
    claim_id UUID,
    block INTEGER NOT NULL,
    first_turn INTEGER NOT NULL,
    last_turn INTEGER NOT NULL,
    start_cp INTEGER NOT NULL,
    end_cp INTEGER NOT NULL,
    length INTEGER NOT NULL,
    has_customer BOOLEAN NOT NULL,
    has_vendor BOOLEAN NOT NULL,
    has_unknown BOOLEAN NOT NULL,
    stated_from timestamptz,
    stated_to timestamptz,
    CONSTRAINT passage_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT passage_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT passage_claim_fkey FOREIGN KEY(workspace_id, claim_id) REFERENCES app.claim (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT passage_kind_check CHECK ((kind = 'claim') = (claim_id IS NOT NULL))
);
CREATE INDEX passage_workspace_id_claim_id_idx ON app.passage (workspace_id, claim_id);
CREATE INDEX passage_workspace_id_source_id_idx ON app.passage (workspace_id, source_id);

CREATE TABLE app.posting (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    term TEXT NOT NULL,
    passage_id BIGINT NOT NULL,
    tf SMALLINT NOT NULL,
    head_tf SMALLINT NOT NULL,
    CONSTRAINT posting_pkey PRIMARY KEY (workspace_id, term, passage_id),
    CONSTRAINT posting_passage_fkey FOREIGN KEY(workspace_id, passage_id) REFERENCES app.passage (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX posting_workspace_id_passage_id_idx ON app.posting (workspace_id, passage_id);

CREATE TABLE app.vector (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    passage_id BIGINT NOT NULL,
    model TEXT NOT NULL,
    width SMALLINT NOT NULL,
    embedding HALFVEC NOT NULL,
    CONSTRAINT vector_pkey PRIMARY KEY (workspace_id, passage_id, model),
    CONSTRAINT vector_passage_fkey FOREIGN KEY(workspace_id, passage_id) REFERENCES app.passage (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT vector_width_check CHECK (vector_dims(embedding) = width)
);

-- The wall: forced, so that the owner is behind it too.

ALTER TABLE app.customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.customer FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.customer
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.deal ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.deal FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.deal
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.customer_domain ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.customer_domain FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.customer_domain
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.source ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.source FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.source
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.original ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.original FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.original
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.turn ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.turn FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.turn
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.run ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.run FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.run
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.spend ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.spend FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.spend
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.window_reply ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.window_reply FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.window_reply
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.note ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.note FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.note
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.claim FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.claim
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.evidence FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.evidence
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.claim_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.claim_change FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.claim_change
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.proposal FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.proposal
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.passage ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.passage FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.passage
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.posting ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.posting FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.posting
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.vector ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.vector FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.vector
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.preference ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.preference FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.preference
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.mention ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.mention FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.mention
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.idempotency
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

-- What the two roles may do. Nobody updates the text of a turn, an original or a posting.

GRANT USAGE ON SCHEMA app TO baton_app, baton_system;

GRANT SELECT, INSERT, DELETE ON
    app.customer, app.deal, app.source, app.original, app.turn, app.run, app.note, app.claim,
    app.evidence, app.passage, app.posting, app.vector, app.preference, app.mention,
    app.idempotency, app.customer_domain
    TO baton_app;
GRANT UPDATE (ref) ON app.customer TO baton_app;
GRANT UPDATE (customer_id) ON app.deal TO baton_app;
GRANT UPDATE (status, error, title, customer_id, deal_id, occurred_at, stated, participants,
    notices, replaces, attempts, attempt, estimated_usd, waits, waiting_since) ON app.source TO baton_app;
GRANT SELECT, INSERT, DELETE ON app.window_reply TO baton_app;
GRANT UPDATE (side, side_rule, is_internal, duplicate_of) ON app.turn TO baton_app;
GRANT UPDATE (statement, state, state_rule, version, pinned, confidence, stated_at, promised_by,
    promised_to, due_text, due_date, due_rule) ON app.claim TO baton_app;
GRANT SELECT, INSERT ON app.claim_change TO baton_app;
GRANT SELECT, INSERT ON app.proposal TO baton_app;
GRANT UPDATE (state, run_id, base_version, claims, notices, unread_turns, difference, error,
    attempts, attempt, waits, waiting_since, by, comment, key_id, decided_at) ON app.proposal
    TO baton_app;
GRANT UPDATE (absent) ON app.note TO baton_app;
GRANT UPDATE (is_own) ON app.mention TO baton_app;
GRANT UPDATE (vendor_domains, vendor_names, requires_consent, budget_day_usd) ON app.preference
    TO baton_app;
-- What was spent is never taken away, and never moved to another source.
GRANT SELECT, INSERT ON app.spend TO baton_app;
GRANT UPDATE (run_id, tokens_in, tokens_out, tokens_cached, cost_usd, settled_at) ON app.spend
    TO baton_app;
GRANT UPDATE (has_customer, has_vendor, has_unknown, stated_from, stated_to) ON app.passage
    TO baton_app;

GRANT SELECT, INSERT ON app.workspace TO baton_system;
GRANT SELECT, INSERT, UPDATE (done_at, removed) ON app.erasure TO baton_system;
GRANT SELECT, INSERT, DELETE ON app.job_end TO baton_system;
GRANT SELECT, INSERT, UPDATE ON app.api_key TO baton_system;

GRANT SELECT ON public.migration TO baton_app, baton_system;

-- The app puts a job in with the row it is for; it can neither read nor change jobs.

GRANT INSERT, SELECT (id) ON procrastinate_jobs TO baton_app;
GRANT INSERT ON procrastinate_events TO baton_app;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq TO baton_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events,
    procrastinate_workers, procrastinate_periodic_defers TO baton_system;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq,
    procrastinate_periodic_defers_id_seq, procrastinate_workers_id_seq TO baton_system;
