-- kestrel.tenant names the tenant of a transaction; kestrel.tenants names several, for the one writer that commits the
-- journals of many clusters together. Without either, nothing is visible.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['tenant', 'member', 'sign_in', 'refresh_token', 'cluster', 'join_token', 'certificate',
                                'cluster_owner', 'journal', 'checkpoint', 'incident', 'audit'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY of_tenant ON %I USING (tenant_id = current_setting(''kestrel.tenant'', true))', name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO "${application}"', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['cluster_owner', 'journal'] LOOP
        EXECUTE format('CREATE POLICY of_tenants ON %I USING (tenant_id = ANY (string_to_array(current_setting(''kestrel.tenants'', true), '','')))', name);
    END LOOP;
END
$$;

-- What may change and what may go. The audit log may do neither.
GRANT UPDATE ON member, sign_in, refresh_token, cluster, join_token, certificate, cluster_owner, checkpoint, incident TO "${application}";
GRANT DELETE ON sign_in, refresh_token, join_token, certificate, journal TO "${application}";

-- Four questions come before the tenant is known. Each is a function that answers exactly that and runs as a role that
-- may see across tenants and that nobody can sign in as.
GRANT USAGE, CREATE ON SCHEMA public TO kestrel_across;
GRANT USAGE ON SCHEMA public TO "${application}";
CREATE POLICY across ON member FOR SELECT TO kestrel_across USING (true);
CREATE POLICY across ON sign_in TO kestrel_across USING (true);
CREATE POLICY across ON refresh_token TO kestrel_across USING (true);
CREATE POLICY across ON cluster FOR SELECT TO kestrel_across USING (true);
CREATE POLICY across ON join_token TO kestrel_across USING (true);
CREATE POLICY across ON cluster_owner FOR SELECT TO kestrel_across USING (true);
GRANT SELECT ON member, cluster, cluster_owner TO kestrel_across;
GRANT SELECT, UPDATE ON sign_in, refresh_token, join_token TO kestrel_across;
GRANT DELETE ON refresh_token TO kestrel_across;

CREATE FUNCTION account_of(wanted text)
    RETURNS TABLE (tenant_id text, user_id text, email text, role text, password_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT m.tenant_id, m.user_id, m.email, m.role, m.password_hash FROM member m WHERE m.email = wanted
$$;

CREATE FUNCTION redeem_join_token(presented bytea, at timestamptz)
    RETURNS TABLE (tenant_id text, cluster_id text)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    UPDATE join_token t SET used_at = at FROM cluster c
    WHERE t.digest = presented AND t.used_at IS NULL AND t.expires_at > at
      AND c.tenant_id = t.tenant_id AND c.cluster_id = t.cluster_id AND c.state <> 'REVOKED'
    RETURNING t.tenant_id, t.cluster_id
$$;

-- A token that was used already ends the whole sign-in. The row is locked first, so that of two users at once one is seen.
CREATE FUNCTION use_refresh_token(presented bytea, at timestamptz)
    RETURNS TABLE (tenant_id text, user_id text, email text, role text, family text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    token refresh_token;
BEGIN
    SELECT * INTO token FROM refresh_token t WHERE t.digest = presented FOR UPDATE;
    IF NOT FOUND OR token.expires_at <= at THEN
        RETURN;
    END IF;
    IF token.used THEN
        UPDATE sign_in s SET ended = true WHERE s.tenant_id = token.tenant_id AND s.family = token.family;
        RETURN;
    END IF;
    UPDATE refresh_token t SET used = true WHERE t.digest = presented;
    DELETE FROM refresh_token t
    WHERE t.tenant_id = token.tenant_id AND t.family = token.family AND t.expires_at <= at;
    RETURN QUERY
        SELECT m.tenant_id, m.user_id, m.email, m.role, s.family FROM sign_in s
        JOIN member m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
        WHERE s.tenant_id = token.tenant_id AND s.family = token.family AND NOT s.ended;
END
$$;

CREATE FUNCTION orphans(at timestamptz, most integer)
    RETURNS TABLE (tenant_id text, cluster_id text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT o.tenant_id, o.cluster_id FROM cluster_owner o
    JOIN cluster c ON c.tenant_id = o.tenant_id AND c.cluster_id = o.cluster_id
    WHERE o.lease_until <= at AND c.state <> 'REVOKED'
    ORDER BY o.tenant_id, o.cluster_id LIMIT most
$$;

DO $$
DECLARE
    signature text;
BEGIN
    FOREACH signature IN ARRAY ARRAY['account_of(text)', 'redeem_join_token(bytea, timestamptz)',
                                     'use_refresh_token(bytea, timestamptz)', 'orphans(timestamptz, integer)'] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO "${application}"', signature);
        EXECUTE format('ALTER FUNCTION %s OWNER TO kestrel_across', signature);
    END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA public FROM kestrel_across;
