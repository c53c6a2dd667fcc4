-- Every row names its tenant, and row-level security shows a transaction only the rows of the tenant it has named with
-- SET LOCAL kestrel.tenant. The application's role owns nothing and cannot bypass that. Ids compare byte by byte
-- (COLLATE "C"), so that an order does not depend on where the database was set up.

CREATE TABLE tenant (
    tenant_id  text COLLATE "C" PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE member (
    tenant_id     text COLLATE "C" NOT NULL REFERENCES tenant,
    user_id       text COLLATE "C" NOT NULL,
    email         text COLLATE "C" NOT NULL UNIQUE, -- folded to lower case; one address, one tenant
    password_hash text NOT NULL,
    role          text NOT NULL CHECK (role IN ('VIEWER', 'RESPONDER', 'APPROVER', 'ADMIN')),
    PRIMARY KEY (tenant_id, user_id)
);

CREATE TABLE sign_in (
    tenant_id text COLLATE "C" NOT NULL,
    family    text COLLATE "C" NOT NULL,
    user_id   text COLLATE "C" NOT NULL,
    ended     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, family),
    FOREIGN KEY (tenant_id, user_id) REFERENCES member ON DELETE CASCADE
);
CREATE INDEX sign_in_of_user ON sign_in (tenant_id, user_id);

CREATE TABLE refresh_token (
    tenant_id  text COLLATE "C" NOT NULL,
    digest     bytea NOT NULL UNIQUE,
    family     text COLLATE "C" NOT NULL,
    expires_at timestamptz NOT NULL,
    used       boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, family) REFERENCES sign_in ON DELETE CASCADE
);
CREATE INDEX refresh_token_of_sign_in ON refresh_token (tenant_id, family);

CREATE TABLE cluster (
    tenant_id          text COLLATE "C" NOT NULL REFERENCES tenant,
    cluster_id         text COLLATE "C" NOT NULL,
    name               text COLLATE "C" NOT NULL,
    state              text NOT NULL DEFAULT 'INVITED' CHECK (state IN ('INVITED', 'ACTIVE', 'REVOKED')),
    created_at         timestamptz NOT NULL DEFAULT now(),
    revoked_at         timestamptz,
    connected          boolean NOT NULL DEFAULT false,
    last_heard_at      timestamptz NOT NULL DEFAULT to_timestamp(0),
    operator_version   text NOT NULL DEFAULT '',
    kubernetes_version text NOT NULL DEFAULT '',
    write_enabled      boolean NOT NULL DEFAULT false,
    visibility         double precision NOT NULL DEFAULT 0,
    health             text NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, cluster_id),
    UNIQUE (tenant_id, name)
);

CREATE TABLE join_token (
    tenant_id  text COLLATE "C" NOT NULL,
    digest     bytea NOT NULL UNIQUE,
    cluster_id text COLLATE "C" NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES cluster ON DELETE CASCADE
);

CREATE TABLE certificate (
    tenant_id  text COLLATE "C" NOT NULL,
    cluster_id text COLLATE "C" NOT NULL,
    serial     text COLLATE "C" NOT NULL,
    not_before timestamptz NOT NULL,
    not_after  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, cluster_id, serial),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES cluster ON DELETE CASCADE
);

-- Who may write for a cluster, and where its journal ends: an append checks and moves both in one statement.
CREATE TABLE cluster_owner (
    tenant_id   text COLLATE "C" NOT NULL,
    cluster_id  text COLLATE "C" NOT NULL,
    node        text COLLATE "C" NOT NULL,
    epoch       bigint NOT NULL,
    lease_until timestamptz NOT NULL,
    journal_end bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, cluster_id),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES cluster ON DELETE CASCADE
) WITH (fillfactor = 50);

CREATE TABLE journal (
    tenant_id      text COLLATE "C" NOT NULL,
    cluster_id     text COLLATE "C" NOT NULL,
    journal_offset bigint NOT NULL,
    received_at    timestamptz NOT NULL,
    kind           smallint NOT NULL,
    boot_id        text NOT NULL,
    sequence       bigint NOT NULL,
    body           bytea NOT NULL,
    PRIMARY KEY (tenant_id, cluster_id, journal_offset)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE checkpoint (
    tenant_id      text COLLATE "C" NOT NULL,
    cluster_id     text COLLATE "C" NOT NULL,
    journal_offset bigint NOT NULL,
    taken_at       timestamptz NOT NULL,
    body           bytea NOT NULL,
    PRIMARY KEY (tenant_id, cluster_id)
);
ALTER TABLE checkpoint ALTER body SET STORAGE EXTERNAL; -- compressed before it comes here

CREATE TABLE incident (
    tenant_id   text COLLATE "C" NOT NULL,
    incident_id text COLLATE "C" NOT NULL,
    cluster_id  text COLLATE "C" NOT NULL,
    revision    bigint NOT NULL,
    status      text NOT NULL,
    severity    text NOT NULL,
    title       text NOT NULL,
    verdict     text NOT NULL,
    cause       text NOT NULL,
    cause_at    text NOT NULL,
    confidence  double precision NOT NULL,
    opened_at   timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    resolved_at timestamptz NOT NULL,
    document    text NOT NULL,
    PRIMARY KEY (tenant_id, incident_id)
);
CREATE INDEX incident_newest_first ON incident (tenant_id, opened_at DESC, incident_id);

CREATE TABLE audit (
    tenant_id text COLLATE "C" NOT NULL REFERENCES tenant,
    number    bigint NOT NULL,
    at        timestamptz NOT NULL,
    by        text NOT NULL,
    action    text NOT NULL,
    subject   text NOT NULL,
    detail    text NOT NULL,
    hash      text NOT NULL,
    PRIMARY KEY (tenant_id, number)
);
