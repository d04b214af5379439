-- A SAML logout ends the session first and then looks up where the session was used. If the first node dies in between, another node does
-- the second step. So the logins of an ended session are kept for ten minutes, the maximum time of such a logout.
alter table saml_login add column kept_until integer not null default 0;

drop trigger session_event_releases;

create trigger session_event_releases after insert on session_event
  when new.type in ('session.terminated', 'session.expired')
begin
  update oidc_authorization set held = 0 where service_id = new.service_id and session_id = new.session_id and held = 1;
  update saml_login set held = 0, kept_until = coalesce(new.at, 0) + 600000000
  where service_id = new.service_id and session_id = new.session_id and held = 1;
end;
