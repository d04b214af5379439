with removed as
(
  delete from membership where deployment_id = @DeploymentId
)
delete from membership_version where deployment_id = @DeploymentId
