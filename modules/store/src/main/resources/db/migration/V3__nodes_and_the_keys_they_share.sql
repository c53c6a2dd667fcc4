-- What belongs to the cloud and to no tenant. The application reaches it through functions only, so that row-level
-- security shows it nothing here either.

CREATE TABLE node_lease (
    node        text COLLATE "C" PRIMARY KEY,
    instance    text NOT NULL, -- one start of the node
    lease_until timestamptz NOT NULL
);

-- Fingerprints of the keys that all nodes must have in common; never a key.
CREATE TABLE shared_key (
    name        text COLLATE "C" PRIMARY KEY,
    fingerprint text NOT NULL
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['node_lease', 'shared_key'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY across ON %I TO kestrel_across USING (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kestrel_across', name);
    END LOOP;
END
$$;

GRANT USAGE, CREATE ON SCHEMA public TO kestrel_across;

-- Whether the id belongs to this start of the node from now on: it was free, or its lease is over, or it is ours.
CREATE FUNCTION hold_node(wanted text, start text, seconds integer)
    RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    WITH held AS (
        INSERT INTO node_lease AS l (node, instance, lease_until)
        VALUES (wanted, start, now() + make_interval(secs => seconds))
        ON CONFLICT (node) DO UPDATE
        SET instance = excluded.instance, lease_until = excluded.lease_until
        WHERE l.instance = excluded.instance OR l.lease_until <= now()
        RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM held)
$$;

CREATE FUNCTION leave_node(held text, start text)
    RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    DELETE FROM node_lease l WHERE l.node = held AND l.instance = start
$$;

CREATE FUNCTION known_key(wanted text)
    RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT k.fingerprint FROM shared_key k WHERE k.name = wanted
$$;

-- The first fingerprint that was told stays; answers it.
CREATE FUNCTION agree_on_key(told text, print text)
    RETURNS text
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    INSERT INTO shared_key AS k (name, fingerprint) VALUES (told, print)
    ON CONFLICT (name) DO UPDATE SET fingerprint = k.fingerprint
    RETURNING k.fingerprint
$$;

DO $$
DECLARE
    signature text;
BEGIN
    FOREACH signature IN ARRAY ARRAY['hold_node(text, text, integer)', 'leave_node(text, text)', 'known_key(text)',
                                     'agree_on_key(text, text)'] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO "${application}"', signature);
        EXECUTE format('ALTER FUNCTION %s OWNER TO kestrel_across', signature);
    END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA public FROM kestrel_across;
