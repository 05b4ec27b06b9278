import { MESSAGE_NEWS_PATH } from "@hanyouxu/api";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** Asks for the person's messages again whenever there is a new one. @returns false while nobody would say so */
export function useMessageNews(): boolean {
  const client = useQueryClient();
  const [isHeard, setIsHeard] = useState(false);
  useEffect(() => {
    const address = new URL(MESSAGE_NEWS_PATH, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    let socket: WebSocket | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let waitMs = FIRST_WAIT_MS;
    const renew = () => void client.invalidateQueries({ queryKey: ["messages"] });
    const open = () => {
      socket = new WebSocket(address);
      socket.onopen = () => {
        waitMs = FIRST_WAIT_MS;
        setIsHeard(true);
        // What came while nobody listened.
        renew();
      };
      socket.onmessage = renew;
      socket.onclose = () => {
        setIsHeard(false);
        again = setTimeout(open, waitMs * (0.5 + Math.random() / 2));
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      };
    };
    open();
    return () => {
      clearTimeout(again);
      if (socket) socket.onclose = null;
      socket?.close();
    };
  }, [client]);
  return isHeard;
}
