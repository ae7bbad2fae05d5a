import Configuration
import Containers
import Drivers
import NameService

/// What the verbs of one command work with, besides the records.
struct ServiceEnvironment {
  let kernel: KernelView
  var drivers: DriverRegistry
  let configurationFile: ConfigurationFile
  let nameFiles: NameFiles
  let nameServer: NameServerClient
  let plugins: PluginRegistry
  let notices: NoticeList
}
