-- The state of a user is deleted together with its row, and never cleared in the row. So nothing could fire these triggers.
drop trigger user_directory_cleared on grain_state;

drop trigger user_identity_cleared on grain_state;
