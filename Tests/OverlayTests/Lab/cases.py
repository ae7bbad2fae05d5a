#!/usr/bin/env python3
"""Runs one case on a cluster of three hosts with real packets: cases.py CASE NETCTL NETCTL-SERVER

Ends with 0 if all is as it has to be, and says what is not.
"""
import os, select, signal, socket, struct, subprocess, sys, threading, time

from cluster import Cluster, Sender, inside, run

UNREACHABLE = 5.5
LIMIT = 300


def ping(container, address, count=1, options=()):
    """How many of so many requests are answered."""
    result = subprocess.run(inside(container, "ping", "-n", "-c", str(count), "-i", "0.05", "-W", "1",
                                   *options, address), text=True, capture_output=True)
    words = result.stdout.split(" received")[0].split()
    return int(words[-1]) if words and words[-1].isdigit() else 0


def expect(condition, text):
    if not condition:
        raise AssertionError(text)


def eventually(condition, text, limit=10):
    end = time.monotonic() + limit
    while not condition():
        expect(time.monotonic() < end, text)
        time.sleep(0.02)


def refused(host, *words):
    """The error of a command, which has to end in time."""
    begin = time.monotonic()
    result = subprocess.run(inside(host.name, host.cluster.netctl, "network", *words), text=True,
                            env=host.environment, capture_output=True)
    expect(result.returncode == 1, f"{words}: status {result.returncode}: {result.stdout}{result.stderr}")
    expect(time.monotonic() - begin < UNREACHABLE, f"{words}: took too long")
    return result.stderr


def connected(cluster, count=3):
    """The network n with a container on each of some hosts, which reach each other."""
    cluster.hosts[0].network("create", "-d", "overlay", "n")
    containers = []
    for number, host in enumerate(cluster.hosts[:count]):
        container = cluster.container(f"c{number}")
        host.network("connect", "n", container)
        containers.append(container)
    for number, container in enumerate(containers):
        for other in range(len(containers)):
            if other != number:
                expect(ping(container, f"10.0.0.{other + 2}") == 1, f"{number} does not reach {other}")
    return containers


def store_killed_or_stopped(cluster):
    """Packets go on, commands say what is wrong in time, and cleaning up works."""
    containers = connected(cluster)
    one, two, three = cluster.hosts
    extra = cluster.container("x")
    for kill, cure in ((signal.SIGKILL, None), (signal.SIGSTOP, signal.SIGCONT)):
        flood = subprocess.Popen(
            inside(containers[1], "ping", "-n", "-i", "0.01", "-q", "10.0.0.2"), text=True,
            stdout=subprocess.PIPE)
        cluster.etcd.send_signal(kill)
        for words in (("create", "-d", "overlay", "m"), ("connect", "n", extra), ("rm", "n")):
            text = refused(one, *words)
            expect(cluster.store in text or words[0] == "rm", f"{words}: {text}")
        expect(" n " in three.network("ls"), "a network is missing")
        three.network("disconnect", "n", containers[2])
        if cure:
            cluster.etcd.send_signal(cure)
        else:
            cluster.etcd.wait()
            cluster.start_store()
        flood.send_signal(signal.SIGINT)
        summary = flood.communicate()[0]
        expect(" 0% packet loss" in summary, summary)
        eventually(lambda: three.is_registered(), "not registered again")
        eventually(lambda: '"endpoints":2' in run(*inside(
            one.name, cluster.netctl, "agent", "status", "--format", "json"), env=one.environment),
            "the removed endpoint is still in the store", 15)
        three.network("connect", "--ip", "10.0.0.4", "n", containers[2])
        expect(ping(containers[0], "10.0.0.4", 3) == 3, "the container is not reached again")


def agents_and_store_killed(cluster):
    """Nothing is lost without both, and an agent that restarts without the store restores devices."""
    containers = connected(cluster)
    cluster.etcd.kill()
    cluster.etcd.wait()
    for host in cluster.hosts:
        host.stop_agent(signal.SIGKILL)
    expect(ping(containers[0], "10.0.0.4", 20) == 20, "packets are lost without agents")
    one = cluster.hosts[0]
    for link in ("vxlan", "bridge"):
        for line in run(*inside(one.name, "ip", "-o", "link", "show", "type", link)).splitlines():
            run(*inside(one.name, "ip", "link", "delete", line.split(":")[1].split("@")[0].strip()))
    expect(ping(containers[1], "10.0.0.2") == 0, "the devices were not deleted")
    one.start_agent()
    eventually(lambda: ping(containers[1], "10.0.0.2") == 1, "the devices are not restored")
    expect(ping(containers[0], "10.0.0.4", 5) == 5, "not all entries are restored")
    cluster.start_store()
    for host in cluster.hosts[1:]:
        host.start_agent()
    for host in cluster.hosts:
        host.wait()
    expect(ping(containers[2], "10.0.0.3", 3) == 3, "not reached after everything is back")


def returned_host_is_ignored(cluster):
    """A host comes back with an address that has become another's: nobody hears it."""
    containers = connected(cluster)
    one, two, three = cluster.hosts
    # It dies for the others, and its containers live on.
    one.stop_agent(signal.SIGKILL)
    run(*inside(one.name, "ip", "link", "set", "eth0", "down"))
    identity = three.network("inspect", "-f", "{{range $k, $v := .Containers}}{{$k}} {{$v.Name}}\n{{end}}", "n")
    expect(containers[0] in identity, f"the remote endpoint is not shown: {identity}")
    three.network("disconnect", "-f", "n", containers[0])
    heir = cluster.container("heir")
    two.network("connect", "--ip", "10.0.0.2", "n", heir)
    expect(ping(containers[2], "10.0.0.2", 3) == 3, "the heir is not reached")
    run(*inside(one.name, "ip", "link", "set", "eth0", "up"))
    # The zombie sends as well as it can.
    zombie = subprocess.Popen(inside(containers[0], "ping", "-n", "-i", "0.01", "-q", "10.0.0.4"),
                              stdout=subprocess.DEVNULL)
    count = ping(containers[2], "10.0.0.2", 40)
    zombie.kill()
    zombie.wait()
    expect(count == 40, f"{count} of 40 are answered")
    received = run(*inside(heir, "ip", "-s", "-o", "link", "show", "eth0"))
    expect(received, "the heir has no interface")
    one.start_agent()
    one.wait()
    eventually(lambda: "lost its address" in open(f"{one.folder}/log").read()
               or "is recorded again" in open(f"{one.folder}/log").read()
               or "not on network" in open(f"{one.folder}/log").read(), "the log says nothing")
    expect(ping(containers[2], "10.0.0.2", 10) == 10, "the heir is not reached any more")


def forged_datagrams_are_dropped(cluster):
    """VXLAN datagrams of a host that is not registered do not arrive."""
    containers = connected(cluster)
    one = cluster.hosts[0]
    stranger = cluster.namespaces[0].replace("u", "s", 1) + "x"
    cluster.attach(stranger, "10.77.9.9")
    vni = int(one.network("inspect", "-f", '{{index .Options "com.docker.network.driver.overlay.vxlanid_list"}}', "n"))
    mac = bytes.fromhex("02420a000002")
    capture = subprocess.Popen(
        inside(containers[0], sys.executable, "-B", os.path.abspath(__file__), "--capture"),
        stdout=subprocess.PIPE, text=True)
    expect(capture.stdout.readline() == "ready\n", "no capture")
    frame = mac + bytes.fromhex("020000000009") + b"\x88\xb5" + b"forged" + bytes(40)
    packet = struct.pack("!II", 0x08000000, vni << 8) + frame
    for source in (stranger, cluster.hosts[1].name):
        code = ("import socket,sys; s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\n"
                f"for _ in range(20): s.sendto(bytes.fromhex({packet.hex()!r}), ({one.address!r}, 4789))")
        run(*inside(source, sys.executable, "-c", code))
        # What comes from a registered host arrives, so the capture would see the others.
        if source == stranger:
            expect(not select.select([capture.stdout], [], [], 0.5)[0], "a forged frame arrived")
    expect(select.select([capture.stdout], [], [], 5)[0], "no frame of a registered host arrived")
    capture.kill()
    capture.wait()


def command_killed_leaves_nothing(cluster):
    """A command that is killed at any moment leaves nothing that the agent does not clean up."""
    containers = connected(cluster, 2)
    one, two = cluster.hosts[:2]
    victim = cluster.container("v")
    for delay in range(0, 40, 4):
        process = subprocess.Popen(inside(one.name, cluster.netctl, "network", "connect", "n", victim),
                                   env=one.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay / 1000)
        process.kill()
        process.wait()
        # Whatever it left, the next command can use the container and the network.
        subprocess.run(inside(one.name, cluster.netctl, "network", "disconnect", "-f", "n", victim),
                       env=one.environment, capture_output=True)
        one.network("connect", "n", victim)
        expect(ping(containers[1], run(*inside(victim, "ip", "-4", "-o", "address", "show", "dev", "eth0"))
                    .split()[3].split("/")[0]) == 1, f"not reached after {delay} ms")
        one.network("disconnect", "n", victim)
    eventually(lambda: one.status()["networks"][0]["endpoints"] == 2,
               f"endpoints are left: {one.status()['networks']}")


def capture():
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x88b5))
    print("ready", flush=True)
    while b"forged" not in raw.recv(2048):
        pass
    print("arrived", flush=True)


def host_without_the_store_cuts_itself_off(cluster):
    """A host that cannot renew its lease stops using addresses before others may get them."""
    one, two = cluster.hosts[:2]
    one.configure({"overlay.endpoint-ttl": "10", "discovery.heartbeat": "1", "discovery.ttl": "3"})
    one.stop_agent()
    one.start_agent()
    one.wait()
    containers = connected(cluster, 2)
    third = cluster.container("third")
    one.network("connect", "n", third)
    run(*inside(one.name, "nft", "-f", "-"), input="table ip cut { chain c { type filter hook output "
        f"priority 0; ip daddr {cluster.store} drop; }}; }}")
    eventually(lambda: "cut off" in open(f"{one.folder}/log").read(), "it does not cut itself off", 20)
    expect(ping(containers[0], "10.0.0.3") == 0, "it still uses its addresses")
    # Within a host nobody else can have them.
    expect(ping(containers[0], "10.0.0.4") == 1, "containers of one host are cut off from each other")
    run(*inside(one.name, "nft", "delete", "table", "ip", "cut"))
    eventually(lambda: ping(containers[0], "10.0.0.3") == 1, "it does not come back", 20)
    eventually(lambda: ping(containers[1], "10.0.0.4") == 1, "its endpoints are not recorded again", 20)


def host_is_drained_and_comes_back(cluster):
    containers = connected(cluster)
    one, two = cluster.hosts[:2]
    refused_by_agent = subprocess.run(inside(one.name, cluster.netctl, "agent", "--drain"), text=True,
                                      env=one.environment, capture_output=True)
    expect("already runs" in refused_by_agent.stderr, refused_by_agent.stderr)
    one.stop_agent()
    expect(ping(containers[1], "10.0.0.2", 5) == 5, "packets are lost when the agent ends")
    run(*inside(one.name, cluster.netctl, "agent", "--drain"), env=one.environment)
    eventually(lambda: two.status()["networks"][0]["endpoints"] == 2, "its endpoints are still there")
    eventually(lambda: len(two.status()["hosts"]) == 2, "it is still there")
    # The kernel's tables follow what the agent knows.
    eventually(lambda: ping(containers[1], "10.0.0.2") == 0, "it is still reached")
    run(*inside(one.name, cluster.netctl, "agent", "--once"), env=one.environment)
    one.start_agent()
    one.wait()
    eventually(lambda: ping(containers[1], "10.0.0.2") == 1, "it does not come back")


def only_trusted_certificates_are_used(cluster):
    """The agent speaks TLS, with names of what is wrong with it, and never without."""
    folder = f"{cluster.folder}/tls"
    os.makedirs(folder)

    def openssl(*words):
        run("openssl", *words, cwd=folder)

    def sign(name, authority, extension):
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        with open(f"{folder}/{name}.ext", "w") as file:
            file.write(extension)
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey",
                f"{authority}.key", "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext", "-out",
                f"{name}.pem")

    for authority in ("ca", "rogue"):
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-subj", f"/CN={authority}", "-keyout", f"{authority}.key", "-out",
                f"{authority}.pem")
    sign("server", "ca", f"subjectAltName=IP:{cluster.store}\nextendedKeyUsage=serverAuth")
    sign("host", "ca", "extendedKeyUsage=clientAuth")
    sign("stranger", "rogue", "extendedKeyUsage=clientAuth")
    for host in cluster.hosts:
        host.stop_agent()
    cluster.etcd.kill()
    cluster.etcd.wait()
    cluster.start_store("--cert-file", f"{folder}/server.pem", "--key-file", f"{folder}/server.key",
                        "--client-cert-auth", "--trusted-ca-file", f"{folder}/ca.pem",
                        scheme="https", client=("--cacert", f"{folder}/ca.pem", "--cert",
                                                f"{folder}/host.pem", "--key", f"{folder}/host.key"))
    one, two, three = cluster.hosts

    def files(authority, name):
        return {"kv.cacertfile": f"{folder}/{authority}.pem", "kv.certfile": f"{folder}/{name}.pem",
                "kv.keyfile": f"{folder}/{name}.key"}

    one.configure(files("ca", "host"))
    two.configure(files("ca", "stranger"))
    three.configure(files("rogue", "stranger"))
    for host in cluster.hosts:
        host.start_agent()
    one.wait()
    one.network("create", "-d", "overlay", "n")
    for host, text in ((two, "the server refused the client's certificate"),
                       (three, "the server's certificate is not trusted")):
        eventually(lambda: text in open(f"{host.folder}/log").read(), f"the log has no {text!r}")
        expect(text in refused(host, "create", "-d", "overlay", "m"), "the command does not say it")
    # A renewed certificate needs no restart.
    for name in ("stranger", "rogue"):
        for kind in ("pem", "key"):
            source = {"stranger": "host", "rogue": "ca"}[name]
            os.replace(f"{folder}/{name}.{kind}", f"{folder}/{name}.{kind}.old")
            with open(f"{folder}/{source}.{kind}") as old, open(f"{folder}/{name}.{kind}", "w") as new:
                new.write(old.read())
    two.wait()
    three.wait()


def figures_are_told(cluster):
    connected(cluster)
    one = cluster.hosts[0]
    text = run(*inside(one.name, cluster.netctl, "agent", "status"), env=one.environment)
    for word in ("State:", "registered", "10.77.100.2", "running"):
        expect(word in text, text)
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(f"{one.folder}/run/agent.sock")
    connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = b""
    while part := connection.recv(4096):
        answer += part
    figures = {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
               for line in answer.decode().split("\r\n\r\n", 1)[1].splitlines() if line[0] != "#"}
    for name, value in (("store_up", 1), ("registered", 1), ("fenced", 0), ("hosts", 3), ("networks", 1),
                        ("endpoints", 3), ("lag_revisions", 0), ('requests_total{request="connect"}', 1)):
        expect(figures[f"netctl_agent_{name}"] == value, f"{name}: {figures}")
    one.stop_agent()
    result = subprocess.run(inside(one.name, cluster.netctl, "agent", "status"), text=True,
                            env=one.environment, capture_output=True)
    expect(result.returncode == 1 and "no agent answers" in result.stderr, f"{result}")


CASES = [store_killed_or_stopped, agents_and_store_killed, returned_host_is_ignored,
         forged_datagrams_are_dropped, command_killed_leaves_nothing,
         host_without_the_store_cuts_itself_off, host_is_drained_and_comes_back,
         only_trusted_certificates_are_used, figures_are_told]


def main():
    if sys.argv[1] == "--capture":
        return capture()
    # Whoever waits takes silence for a hang.
    signal.setitimer(signal.ITIMER_REAL, 10, 10)
    end = time.monotonic() + LIMIT

    def tick(*_):
        print(".", end="", flush=True)
        if time.monotonic() > end:
            raise TimeoutError("the case does not end")

    signal.signal(signal.SIGALRM, tick)
    case = next(case for case in CASES if case.__name__ == sys.argv[1])
    cluster = Cluster(*sys.argv[2:4])
    try:
        cluster.add_hosts(3)
        case(cluster)
    except (AssertionError, subprocess.CalledProcessError, TimeoutError) as error:
        print(f"{error}{getattr(error, 'stderr', None) or ''}", file=sys.stderr)
        for host in cluster.hosts:
            print(f"--- {host.name}\n" + open(f"{host.folder}/log").read(), file=sys.stderr)
        return 1
    finally:
        cluster.end()


sys.exit(main())
