-- The state of a user is deleted with its row, never cleared in it: nothing could fire these.
drop trigger user_directory_cleared;

drop trigger user_identity_cleared;
