select append_audit(@service, @rows::json)
