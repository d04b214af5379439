-- A logout by SAML ends the session first and then looks where it was used, perhaps on another node than the one that has just died: what was held is
-- still there for ten minutes, as long as such a logout may take.
alter table saml_login add column kept_until integer not null default 0;

drop trigger session_event_releases;

create trigger session_event_releases after insert on session_event
  when new.type in ('session.terminated', 'session.expired')
begin
  update oidc_authorization set held = 0 where service_id = new.service_id and session_id = new.session_id and held = 1;
  update saml_login set held = 0, kept_until = coalesce(new.at, 0) + 600000000
  where service_id = new.service_id and session_id = new.session_id and held = 1;
end;
