-- A SAML logout ends the session first and then looks up where the session was used. If the first node dies in between, another node does
-- the second step. So the logins of an ended session are kept for ten minutes, the maximum time of such a logout.
alter table saml_login add column kept_until bigint not null default 0;

create or replace function release_logins() returns trigger language plpgsql as
$$
declare
  service text;
  session text;
  ended   bigint;
begin
  if tg_op = 'DELETE' then
    service := old.service_id;
    session := substr(old.grain_key, 3);
    ended := 0;
  else
    service := new.service_id;
    session := new.session_id;
    ended := coalesce(new.at, 0);
  end if;

  update oidc_authorization a set held = false where a.service_id = service and a.session_id = session and a.held;
  update saml_login a set held = false, kept_until = ended + 600000000 where a.service_id = service and a.session_id = session and a.held;
  return null;
end
$$;
