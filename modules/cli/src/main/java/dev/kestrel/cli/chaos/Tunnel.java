package dev.kestrel.cli.chaos;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of this machine that leads to another one, until it is cut. */
final class Tunnel {
    private static final String HOST = "127.0.0.1";

    /** Kept, because a client that nobody holds closes its connections. */
    private final NetClient client;

    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean cut;
    private volatile int port;

    private Tunnel(Vertx vertx, int target) {
        this.client = vertx.createNetClient();
        this.target = target;
    }

    /** One to a port of this machine, on a free port. */
    static Future<Tunnel> to(Vertx vertx, int target) {
        var tunnel = new Tunnel(vertx, target);
        return vertx.createNetServer()
                .connectHandler(tunnel::onConnection)
                .listen(0, HOST)
                .map(NetServer::actualPort)
                .map(
                        port -> {
                            tunnel.port = port;
                            return tunnel;
                        });
    }

    int port() {
        return port;
    }

    /** New connections lead to another port of this machine. */
    void lead(int newTarget) {
        target = newTarget;
    }

    /** Ends every connection and lets none through. */
    void cut() {
        cut = true;
        sockets.forEach(NetSocket::close);
    }

    void mend() {
        cut = false;
    }

    private void onConnection(NetSocket near) {
        if (cut) {
            near.close();
            return;
        }
        near.pause();
        client.connect(target, HOST)
                .onFailure(refused -> near.close())
                .onSuccess(far -> join(near, far));
    }

    private void join(NetSocket near, NetSocket far) {
        if (cut) {
            near.close();
            far.close();
            return;
        }
        sockets.add(near);
        near.closeHandler(
                closed -> {
                    sockets.remove(near);
                    far.close();
                });
        far.closeHandler(closed -> near.close());
        near.pipeTo(far);
        far.pipeTo(near);
        near.resume();
    }
}
