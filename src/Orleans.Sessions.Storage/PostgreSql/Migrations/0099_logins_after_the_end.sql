-- A logout by SAML ends the session first and then looks where it was used, perhaps on another node than the one that has just died: what was held is
-- still there for ten minutes, as long as such a logout may take.
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
