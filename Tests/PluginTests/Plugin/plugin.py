#!/usr/bin/env python3
"""A small plugin that speaks Docker's plugin protocol: a network driver and an address (IPAM) driver in one.

A test double. It works (a bridge a network, a veth pair an endpoint), it writes down every request and answer,
and it misbehaves when told to. The same calls in the same order always get the same answers.

    plugin.py --socket /run/docker/plugins/stub.sock --log calls.jsonl [--state state.json] [--faults faults.json]
            [--implements NetworkDriver,IpamDriver] [--scope local] [--connectivity local] [--lenient] [--no-links]
    plugin.py --tcp 127.0.0.1:9000 ...            the same on TCP, for .spec and .json files

Links are made in the network namespace the stub runs in: br-<network id 8>, vh<endpoint id 8> (a port of the bridge)
and vc<endpoint id 8> (for the sandbox). MAC addresses come from the endpoint's id. Pools are 10.200.N.0/24 and
fd00:200:N::/64 with the lowest free N; addresses are the lowest free ones.

State (--state) is written before each answer and read at the start, so that a killed stub goes on where it was.
Without it a new stub knows nothing, which is how many real plugins behave. The order of calls is checked: an unknown
network, an endpoint made twice, a Join on a joined endpoint and so on are errors, unless --lenient. With --check the
form of the requests is checked too (request line, Accept, Host, body or none, ids of 64 hexadecimal digits).

The log has one JSON object a line: n, method, head (the request's head as it came), body, status, answer.

Faults (--faults) is read anew for each request: {"NetworkDriver.Join": {...}, ...}, the keys of a fault being
    delay    wait so many seconds first           err      answer {"Err": ...} ({"Error": ...} for IpamDriver)
    status   answer with this HTTP status         raw      answer with this text as the body
    drop     close the connection, no answer      after    do the work first, then fail
    set      merge this into the good answer (null takes a key away)
    name     merge this into the good answer's InterfaceName
    times    only the first so many calls (counted a method, from the stub's start)
    hold     say that the request has come by writing to the pipe PATH.reached, and go on when PATH.go is written to
"""
import argparse, ipaddress, json, os, re, socketserver, subprocess, sys, threading, time

CONTENT_TYPE = "application/vnd.docker.plugins.v1.2+json"


class Refusal(Exception):
    """What the plugin answers as its error."""


class Plugin:
    def __init__(self, args):
        self.args, self.lock, self.calls, self.count = args, threading.Lock(), 0, {}
        self.state = {"networks": {}, "endpoints": {}, "pools": {}}
        if args.state and os.path.exists(args.state):
            self.state = json.load(open(args.state))

    # -- Helpers

    def save(self):
        if self.args.state:
            with open(self.args.state + ".new", "w") as f:
                json.dump(self.state, f, indent=1, sort_keys=True)
            os.replace(self.args.state + ".new", self.args.state)

    def ip(self, line, check=True):
        if self.args.no_links:
            return
        done = subprocess.run(["ip", *line.split()], capture_output=True, text=True)
        if done.returncode and check and not self.args.lenient:
            raise Refusal(f"ip {line}: {done.stderr.strip()}")

    def known(self, kind, key):
        if key not in self.state[kind] and not self.args.lenient:
            raise Refusal(f"unknown {kind[:-1]} {key[:12]}")
        return self.state[kind].get(key)

    def fresh(self, kind, key, value):
        if key in self.state[kind] and not self.args.lenient:
            raise Refusal(f"{kind[:-1]} {key[:12]} exists")
        self.state[kind][key] = value

    # -- The network driver

    def NetworkDriver_GetCapabilities(self, _):
        answer = {"Scope": self.args.scope}
        if self.args.connectivity:
            answer["ConnectivityScope"] = self.args.connectivity
        if self.args.gw_check:
            answer["GwAllocChecker"] = True
        return answer

    def NetworkDriver_GwAllocCheck(self, _):
        return {"SkipIPv4": True, "SkipIPv6": True}

    def NetworkDriver_AllocateNetwork(self, _):
        return {"Options": {}}

    def NetworkDriver_FreeNetwork(self, _):
        return {}

    def NetworkDriver_CreateNetwork(self, r):
        data = (r.get("IPv4Data") or []) + (r.get("IPv6Data") or [])
        gateways = [d["Gateway"] for d in data if d.get("Gateway")]
        internal = bool((r.get("Options") or {}).get("com.docker.network.internal"))
        self.fresh("networks", r["NetworkID"], {"gateways": gateways, "internal": internal})
        bridge = "br-" + r["NetworkID"][:8]
        self.ip(f"link add {bridge} type bridge")
        for gateway in gateways:
            self.ip(f"addr add {gateway} dev {bridge}" + (" nodad" if ":" in gateway else ""), check=False)
        self.ip(f"link set {bridge} up")
        return {}

    def NetworkDriver_DeleteNetwork(self, r):
        self.known("networks", r["NetworkID"])
        if any(e["network"] == r["NetworkID"] for e in self.state["endpoints"].values()) and not self.args.lenient:
            raise Refusal(f"network {r['NetworkID'][:12]} has endpoints")
        self.ip(f"link del br-{r['NetworkID'][:8]}", check=False)
        self.state["networks"].pop(r["NetworkID"], None)
        return {}

    def NetworkDriver_CreateEndpoint(self, r):
        network, endpoint, given = r["NetworkID"], r["EndpointID"], r.get("Interface") or {}
        self.known("networks", network)
        mac = given.get("MacAddress") or "02:" + ":".join(endpoint[i:i + 2] for i in range(0, 10, 2))
        self.fresh("endpoints", endpoint, {"network": network, "joined": False, "mac": mac})
        host, inner = "vh" + endpoint[:8], "vc" + endpoint[:8]
        self.ip(f"link add {host} type veth peer name {inner} address {mac}")
        self.ip(f"link set {host} master br-{network[:8]} up")
        return {"Interface": {} if given.get("MacAddress") else {"MacAddress": mac}}

    def NetworkDriver_DeleteEndpoint(self, r):
        endpoint = self.known("endpoints", r["EndpointID"])
        if endpoint and endpoint["joined"] and not self.args.lenient:
            raise Refusal(f"endpoint {r['EndpointID'][:12]} is joined")
        self.ip(f"link del vh{r['EndpointID'][:8]}", check=False)
        self.state["endpoints"].pop(r["EndpointID"], None)
        return {}

    def NetworkDriver_EndpointOperInfo(self, r):
        endpoint = self.known("endpoints", r["EndpointID"]) or {}
        return {"Value": {"stub.mac": endpoint.get("mac", "")}}

    def NetworkDriver_Join(self, r):
        endpoint = self.known("endpoints", r["EndpointID"]) or {}
        if endpoint.get("joined") and not self.args.lenient:
            raise Refusal(f"endpoint {r['EndpointID'][:12]} is joined already")
        endpoint["joined"] = True
        network = self.state["networks"].get(r["NetworkID"], {"gateways": [], "internal": False})
        answer = {"InterfaceName": {"SrcName": "vc" + r["EndpointID"][:8], "DstPrefix": "eth"}}
        for gateway in [] if network["internal"] else network["gateways"]:
            answer.setdefault("GatewayIPv6" if ":" in gateway else "Gateway", gateway.split("/")[0])
        return answer

    def NetworkDriver_Leave(self, r):
        endpoint = self.known("endpoints", r["EndpointID"]) or {"joined": True}
        if not endpoint["joined"] and not self.args.lenient:
            raise Refusal(f"endpoint {r['EndpointID'][:12]} is not joined")
        endpoint["joined"] = False
        return {}

    def NetworkDriver_ProgramExternalConnectivity(self, r):
        self.known("endpoints", r["EndpointID"])
        return {}

    def NetworkDriver_RevokeExternalConnectivity(self, r):
        self.known("endpoints", r["EndpointID"])
        return {}

    def NetworkDriver_DiscoverNew(self, _):
        return {}

    def NetworkDriver_DiscoverDelete(self, _):
        return {}

    # -- The address driver

    def IpamDriver_GetCapabilities(self, _):
        return {"RequiresMACAddress": self.args.ipam_mac, "RequiresRequestReplay": self.args.ipam_replay}

    def IpamDriver_GetDefaultAddressSpaces(self, _):
        return {"LocalDefaultAddressSpace": "StubLocal", "GlobalDefaultAddressSpace": "StubGlobal"}

    def IpamDriver_RequestPool(self, r):
        space, pool = r["AddressSpace"], r.get("Pool") or ""
        if not pool:
            taken = {p["pool"] for p in self.state["pools"].values() if p["space"] == space}
            form = "fd00:200:{:x}::/64" if r.get("V6") else "10.200.{}.0/24"
            pool = next(p for p in (form.format(n) for n in range(256)) if p not in taken)
        key = "/".join([space, pool] + ([r["SubPool"]] if r.get("SubPool") else []))
        entry = self.state["pools"].setdefault(key, {"space": space, "pool": pool, "range": r.get("SubPool") or pool,
                                                     "users": 0, "addresses": []})
        entry["users"] += 1
        return {"PoolID": key, "Pool": pool, "Data": {}}

    def IpamDriver_ReleasePool(self, r):
        entry = self.known("pools", r["PoolID"])
        if entry:
            entry["users"] -= 1
            if entry["users"] <= 0:
                del self.state["pools"][r["PoolID"]]
        return {}

    def IpamDriver_RequestAddress(self, r):
        entry = self.known("pools", r["PoolID"]) or {"pool": "10.200.0.0/24", "range": "10.200.0.0/24", "addresses": []}
        pool = ipaddress.ip_network(entry["pool"])
        want = r.get("Address")
        if want:
            if want in entry["addresses"] and not self.args.lenient:
                raise Refusal(f"address {want} is taken")
        else:
            hosts = (str(a) for a in ipaddress.ip_network(entry["range"]).hosts() if str(a) not in entry["addresses"])
            want = next(hosts, None)
            if want is None:
                raise Refusal(f"no address is free in {entry['range']}")
        entry["addresses"].append(want)
        return {"Address": f"{want}/{pool.prefixlen}", "Data": {}}

    def IpamDriver_ReleaseAddress(self, r):
        entry = self.known("pools", r["PoolID"])
        if entry and r["Address"] in entry["addresses"]:
            entry["addresses"].remove(r["Address"])
        elif not self.args.lenient:
            raise Refusal(f"address {r['Address']} is not taken")
        return {}

    # -- Requests

    @staticmethod
    def blame(head, method, body):
        """What is wrong with a request's form, or None: what the engine's own requests never are."""
        lines = head.lower().split("\r\n")
        if not re.fullmatch(r"POST /[A-Za-z]+\.[A-Za-z]+ HTTP/1\.1", head.split("\r\n")[0]):
            return f"request line {head.splitlines()[0]!r}"
        if f"accept: {CONTENT_TYPE}" not in lines:
            return "no Accept of the plugin protocol"
        if not any(line.startswith("host: ") and len(line) > 6 for line in lines):
            return "no Host"
        bare = method == "Plugin.Activate" or method.endswith((".GetCapabilities", ".GetDefaultAddressSpaces"))
        if bare != (not body):
            return "a body where there should be none, or none where there should be one"
        request = json.loads(body) if body else {}
        for key in ("NetworkID", "EndpointID"):
            if key in request and not re.fullmatch("[0-9a-f]{64}", request[key]):
                return f"{key} is not of 64 hexadecimal digits"
        if not request.get("SandboxKey", "/").startswith("/"):
            return "SandboxKey is not an absolute path"
        return None

    def work(self, method, head, body):
        """The plugin's answer (status, object) to one request."""
        wrong = self.blame(head, method, body) if self.args.check else None
        if wrong:
            return 400, {"Err": f"bad request: {wrong}"}
        if method == "Plugin.Activate":
            return 200, {"Implements": self.args.implements.split(",")}
        serve = getattr(self, method.replace(".", "_"), None)
        if serve is None or method.split(".")[0] not in self.args.implements.split(","):
            return 404, {"Err": f"no method {method}"}
        try:
            answer = serve(json.loads(body) if body.strip() else {})
        except Refusal as refusal:
            return 200, self.error(method, str(refusal))
        except (ValueError, KeyError, TypeError) as problem:
            return 400, {"Err": f"bad request: {problem!r}"}
        self.save()
        return 200, answer

    @staticmethod
    def error(method, text):
        return {"Error" if method.startswith("IpamDriver") else "Err": text}

    def answer(self, head, body):
        """Status and body text for a request, or None to close the connection without an answer."""
        method = head.split(" ")[1].lstrip("/")
        with self.lock:
            self.calls += 1
            number = self.calls
            self.count[method] = self.count.get(method, 0) + 1
        fault = {}
        if self.args.faults and os.path.exists(self.args.faults):
            fault = json.load(open(self.args.faults)).get(method, {})
        if self.count[method] > fault.get("times", 1 << 30):
            fault = {}
        if "hold" in fault:
            with open(fault["hold"] + ".reached", "w") as pipe:
                pipe.write("reached\n")
            with open(fault["hold"] + ".go") as pipe:
                pipe.read()
        time.sleep(fault.get("delay", 0))
        status, answer = 200, {}
        fails = {"err", "status", "raw", "drop"} & set(fault)
        with self.lock:
            if not fails or fault.get("after"):
                status, answer = self.work(method, head, body)
        if fails:
            status = fault.get("status", 200)
            answer = fault.get("raw") if "raw" in fault else self.error(method, fault["err"]) if "err" in fault else {}
        if isinstance(answer, dict):
            for key, value in fault.get("set", {}).items():
                answer.pop(key, None) if value is None else answer.update({key: value})
            if "name" in fault:
                answer.setdefault("InterfaceName", {}).update(fault["name"])
        drop = bool(fault.get("drop"))
        with self.lock, open(self.args.log, "a") as log:
            log.write(json.dumps({"n": number, "method": method, "head": head, "body": body,
                                  "status": None if drop else status, "answer": None if drop else answer}) + "\n")
        return None if drop else (status, answer if isinstance(answer, str) else json.dumps(answer) + "\n")


class Connection(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = self.rfile.readline()
                if not line:
                    return
                head += line
            length = [h.split(b":")[1] for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")]
            body = self.rfile.read(int(length[0])) if length else b""
            done = self.server.plugin.answer(head.decode(), body.decode())
            if done is None:
                return
            status, text = done
            data = text.encode()
            self.wfile.write(f"HTTP/1.1 {status} X\r\nContent-Type: {CONTENT_TYPE}\r\n"
                             f"Content-Length: {len(data)}\r\n\r\n".encode() + data)
            self.wfile.flush()


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


class TcpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads, allow_reuse_address = True, True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--socket")
    parser.add_argument("--tcp")
    parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"))
    parser.add_argument("--log", default="/dev/null")
    parser.add_argument("--state")
    parser.add_argument("--faults")
    parser.add_argument("--implements", default="NetworkDriver,IpamDriver")
    parser.add_argument("--scope", default="local")
    parser.add_argument("--connectivity")
    parser.add_argument("--gw-check", action="store_true")
    parser.add_argument("--ipam-mac", action="store_true")
    parser.add_argument("--ipam-replay", action="store_true")
    parser.add_argument("--lenient", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--no-links", action="store_true")
    args = parser.parse_args()
    if args.tcp:
        host, port = args.tcp.rsplit(":", 1)
        server = TcpServer((host, int(port)), Connection)
        if args.tls:
            import ssl
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*args.tls)
            server.socket = context.wrap_socket(server.socket, server_side=True)
    else:
        if os.path.exists(args.socket):
            os.unlink(args.socket)
        os.makedirs(os.path.dirname(args.socket), exist_ok=True)
        server = UnixServer(args.socket, Connection)
    server.plugin = Plugin(args)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
