import Drivers

/// Runs a check of a definition, whose error becomes the service's.
func checked<Result>(
  _ check: () throws(DefinitionError) -> Result
) throws(ServiceError) -> Result {
  do throws(DefinitionError) { return try check() } catch { throw .definition(error) }
}

/// Lets a driver check a network, whose error becomes the service's.
func checked<Result>(
  _ check: () throws(NetworkProblem) -> Result
) throws(ServiceError) -> Result {
  do throws(NetworkProblem) { return try check() } catch { throw .definition(.driver(error)) }
}

/// Reads or checks options, with an error that becomes the service's.
func checked<Result>(
  _ check: () throws(OptionError) -> Result
) throws(ServiceError) -> Result {
  do throws(OptionError) { return try check() } catch { throw .option(error) }
}

/// Finds something out about a port, with an error that becomes the service's.
func checked<Result>(
  _ check: () throws(PortError) -> Result
) throws(ServiceError) -> Result {
  do throws(PortError) { return try check() } catch { throw .port(error) }
}
