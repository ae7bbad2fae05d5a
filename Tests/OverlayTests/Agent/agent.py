"""An agent that does what it is told: its store is a file, and faults come from another.

It answers at /run/netctl/agent.sock, and writes what netctl reads of other hosts.
"""
import http.server
import ipaddress
import json
import os
import socketserver
import sys
import time

SOCKET = "/run/netctl/agent.sock"
STATE = "/var/lib/netctl/overlay"
STORE, FAULTS, LOG = "/srv/store.json", "/srv/faults.json", "/srv/calls.log"
ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "10.77.0.1"
ME = "aa" * 32
PEER = "bb" * 32


def load(path, default):
    try:
        with open(path) as file:
            return json.load(file)
    except FileNotFoundError:
        return default


def save(path, value):
    with open(path + ".new", "w") as file:
        json.dump(value, file)
    os.rename(path + ".new", path)


class Refusal(Exception):
    def __init__(self, kind, message=""):
        self.kind, self.message = kind, message


class Store:
    def __init__(self):
        # "remote" are the endpoints of other hosts, as the test has put them there.
        self.value = load(STORE, {})
        for key in ["networks", "endpoints", "remote"]:
            self.value.setdefault(key, {})

    def revision(self):
        self.value["revision"] = self.value.get("revision", 0) + 1
        save(STORE, self.value)
        return self.value["revision"]

    def create(self, network):
        for other in self.value["networks"].values():
            if other["name"] == network["name"]:
                raise Refusal("nameTaken")
        subnets = network["ipam"].setdefault("subnets", [])
        for family, pool in [("ipv4", "10.0.0.0/24"), ("ipv6", "fd99::/64")]:
            families = [ipaddress.ip_network(s["subnet"]).version for s in subnets]
            if family in network["families"] and int(family[-1]) not in families:
                subnets.append({"subnet": pool})
        for other in self.value["networks"].values():
            for subnet in other["ipam"]["subnets"]:
                for own in subnets:
                    if own["subnet"] == subnet["subnet"]:
                        raise Refusal("poolOverlaps")
        options = network.setdefault("options", {})
        options.setdefault(
            "com.docker.network.driver.overlay.vxlanid_list",
            str(1048576 + len(self.value["networks"])))
        self.value["networks"][network["id"]] = network
        return {"network": network, "revision": self.revision()}

    def remove(self, network):
        if network not in self.value["networks"]:
            raise Refusal("networkNotFound")
        if self.endpoints(network):
            raise Refusal("hasActiveEndpoints")
        del self.value["networks"][network]
        return {"revision": self.revision()}

    def endpoints(self, network):
        own = [e for e in self.value["endpoints"].values() if e["network"] == network]
        return own + self.value["remote"].get(network, [])

    def connect(self, network, request):
        known = self.value["endpoints"].get(request["id"])
        if known is None:
            if network not in self.value["networks"]:
                raise Refusal("networkNotFound")
            known = self.lease(network, request)
            self.value["endpoints"][request["id"]] = known
        self.publish(network)
        return {
            "addresses": known["addresses"], "mac": known["mac"], "revision": self.revision()}

    def lease(self, network, request):
        taken = {a.split("/")[0] for e in self.endpoints(network) for a in e["addresses"]}
        chosen = request["addresses"]
        addresses = []
        for subnet in self.value["networks"][network]["ipam"]["subnets"]:
            block = ipaddress.ip_network(subnet["subnet"])
            if f"ipv{block.version}" not in request["families"]:
                continue
            wanted = [a for a in chosen if ipaddress.ip_address(a) in block]
            if wanted and wanted[0] in taken:
                raise Refusal("addressInUse")
            free = (str(block[n]) for n in range(2, 200) if str(block[n]) not in taken)
            addresses.append(f"{wanted[0] if wanted else next(free)}/{block.prefixlen}")
        for other in self.endpoints(network):
            if other["name"] == request["containerName"]:
                raise Refusal("endpointExists")
        first = ipaddress.ip_address(addresses[0].split("/")[0])
        mac = "02:42:" + ":".join(f"{b:02x}" for b in first.packed[-4:])
        return {
            "id": request["id"], "network": network, "host": ME, "tunnel": ADDRESS,
            "mac": request.get("mac", mac), "addresses": addresses,
            "container": request["container"], "name": request["containerName"],
            "aliases": request["aliases"]}

    def disconnect(self, network, endpoint):
        self.value["endpoints"].pop(endpoint, None)
        remote = self.value["remote"].get(network, [])
        self.value["remote"][network] = [e for e in remote if e["id"] != endpoint]
        return {"revision": self.revision()}

    # What the kernel is to have, for the command that makes the devices.
    def publish(self, network):
        folder = f"{STATE}/{network}"
        os.makedirs(folder, exist_ok=True)
        for name in os.listdir(folder):
            os.unlink(f"{folder}/{name}")
        for endpoint in self.value["remote"].get(network, []):
            save(f"{folder}/{endpoint['id']}.json", {"schema": 2, **endpoint})


def publish_hosts():
    os.makedirs(STATE, exist_ok=True)
    me = {"id": ME, "name": "one", "address": ADDRESS}
    save(f"{STATE}/hosts.json", {
        "schema": 2, "host": me, "port": 4789, "revision": 1, "updated": 1000000000,
        "hosts": [me, {"id": PEER, "name": "two", "address": "10.77.0.2"}]})


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"null")
        words = self.path.split("?")[0].split("/")[2:]
        name = {
            ("GET", 1): "status", ("POST", 1): words[0], ("DELETE", 2): "remove",
            ("POST", 3): words[-1], ("DELETE", 4): "disconnect",
        }.get((self.command, len(words)), "unknown")
        with open(LOG, "a") as log:
            log.write(f"{name}\n")
        fault = load(FAULTS, {}).get(name, {})
        if "kind" in fault:
            return self.reply(503, fault)
        try:
            result = self.perform(name, words, body)
        except Refusal as refusal:
            return self.reply(409, {"kind": refusal.kind, "message": refusal.message})
        if "hold" in fault:
            open(fault["hold"] + ".reached", "w").write("x")
            open(fault["hold"] + ".go").read()
        if fault.get("silent"):
            time.sleep(60)
        self.reply(200, result)

    def perform(self, name, words, body):
        store = Store()
        if name == "networks":
            return store.create(body)
        if name == "remove":
            return store.remove(words[1])
        if name == "endpoints":
            return store.connect(words[1], body)
        if name == "sync":
            for network in store.value["networks"]:
                store.publish(network)
        if name == "disconnect":
            return store.disconnect(words[1], words[3])
        return {"revision": store.value.get("revision", 0)}

    def reply(self, status, value):
        data = json.dumps(value).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except BrokenPipeError:
            pass

    do_GET = do_POST = do_DELETE = answer

    def address_string(self):
        return "local"


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


if os.path.exists(SOCKET):
    os.unlink(SOCKET)
publish_hosts()
server = Server(SOCKET, Handler)
print("ready", flush=True)
server.serve_forever()
