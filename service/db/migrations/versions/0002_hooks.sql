-- Hooks: who may call, what was announced, and what came before.

CREATE TABLE app.hook_id (
    id TEXT NOT NULL,
    workspace_id UUID NOT NULL,
    provider TEXT NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT hook_id_pkey PRIMARY KEY (id)
);

CREATE TABLE app.hook (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    provider TEXT NOT NULL,
    id TEXT NOT NULL,
    secret BYTEA NOT NULL,
    old_secret BYTEA,
    old_until timestamptz,
    credentials BYTEA,
    consent BOOLEAN,
    created_at timestamptz DEFAULT now() NOT NULL,
    called_at timestamptz,
    CONSTRAINT hook_pkey PRIMARY KEY (workspace_id, provider)
);

CREATE TABLE app.hook_call (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    provider TEXT NOT NULL,
    repeat_key BYTEA NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT hook_call_pkey PRIMARY KEY (workspace_id, provider, repeat_key)
);

CREATE TABLE app.announcement (
    workspace_id UUID DEFAULT app.workspace() NOT NULL,
    source_id UUID NOT NULL,
    provider TEXT NOT NULL,
    link BYTEA,
    token BYTEA,
    is_here BOOLEAN NOT NULL,
    tries SMALLINT DEFAULT 0 NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT announcement_pkey PRIMARY KEY (workspace_id, source_id),
    CONSTRAINT announcement_source_fkey FOREIGN KEY(workspace_id, source_id) REFERENCES app.source (workspace_id, id) ON DELETE CASCADE
);

ALTER TABLE app.hook ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.hook FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.hook
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.hook_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.hook_call FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.hook_call
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

ALTER TABLE app.announcement ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.announcement FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON app.announcement
    USING (workspace_id = app.workspace()) WITH CHECK (workspace_id = app.workspace());

GRANT SELECT, INSERT, DELETE ON app.hook, app.hook_call, app.announcement TO baton_app;
GRANT UPDATE (secret, old_secret, old_until, credentials, consent, called_at) ON app.hook
    TO baton_app;
GRANT UPDATE (link, token, is_here, tries) ON app.announcement TO baton_app;
GRANT SELECT, INSERT, DELETE ON app.hook_id TO baton_system;
