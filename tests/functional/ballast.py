"""A disk that fills up while something writes to it."""

import threading


class Ballast:
    """A file of somebody else that leaves only so many bytes free on a disk."""

    def __init__(self, disk):
        self.path = disk / "ballast"
        self.ended = threading.Event()
        self.thread = None

    def fill(self, leave=0):
        with open(self.path, "ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    continue
        if leave:
            with open(self.path, "ab") as file:
                file.truncate(file.tell() - leave)

    def keep_full(self):
        """Takes every byte that becomes free, from another thread, until remove()."""

        def run():
            while not self.ended.wait(0.005):
                self.fill()

        self.ended.clear()
        self.fill()
        self.thread = threading.Thread(target=run)
        self.thread.start()

    def remove(self):
        self.ended.set()
        if self.thread:
            self.thread.join()
        self.thread = None
        self.path.unlink(missing_ok=True)
